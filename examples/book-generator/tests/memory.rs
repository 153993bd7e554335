//! A book of any size takes the same memory.
#![allow(clippy::unwrap_used, unsafe_code, reason = "an allocator that counts can't be written without")]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use book_generator::{Encoding, Plan, generate};

struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), Relaxed) + layout.size();
        MOST.fetch_max(live, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The most memory that lives while a book is written, in bytes.
fn most(customers: u64) -> usize {
    let plan = Plan { customers, seed: 1, from: 2021, years: 5, encoding: Encoding::Utf8, clean: false };
    let directory = std::env::temp_dir().join(format!("book-generator-memory-{}", std::process::id()));
    MOST.store(LIVE.load(Relaxed), Relaxed);
    let before = LIVE.load(Relaxed);
    generate(&plan, &directory, |_| {}).unwrap();
    std::fs::remove_dir_all(&directory).unwrap();
    MOST.load(Relaxed) - before
}

#[test]
fn memory_is_flat() {
    let (small, large) = (most(1_000), most(20_000));
    // The files' buffers are most of it; a customer kept for each of 19,000 would show as many megabytes.
    assert!(large < small + 300_000, "{small} bytes for 1,000 customers, {large} for 20,000");
}
