//! Pricing a record allocates nothing; loading and explaining may.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]
// Only an allocator of its own can count.
#![allow(unsafe_code)]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    hint::black_box,
};

use crm_core::{
    calendar::Date,
    product::{Business, RatePlan, RateRequest},
};

thread_local! {
    /// Allocations of this thread: tests beside this one don't count.
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: every call goes on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(work: impl FnOnce()) -> usize {
    let before = COUNT.with(Cell::get);
    work();
    COUNT.with(Cell::get) - before
}

#[test]
fn a_price_allocates_nothing() {
    let plan = RatePlan::from_json(include_bytes!("product_plan/motor.json")).unwrap();
    let inception = Date::parse("2026-03-01").unwrap();
    let request = RateRequest { business: Business::New, inception, signed_on: None };
    let (use_, seats, clean) =
        (plan.input("use").unwrap(), plan.input("seats").unwrap(), plan.input("clean_years").unwrap());
    let mut record = plan.record();
    let mut price = |seat: i64, years: i64| {
        record.clear();
        plan.set_text(&mut record, use_, "private").unwrap();
        plan.set_point(&mut record, seats, seat).unwrap();
        plan.set_point(&mut record, clean, years).unwrap();
        black_box(plan.price(&mut record, &request).unwrap())
    };
    // The first call makes room.
    assert_eq!(price(5, 3).net.to_string(), "CNY 475.00");
    let count = allocations(|| {
        for seat in 1..50 {
            for years in 0..20 {
                price(seat, years);
            }
        }
    });
    assert_eq!(count, 0);
    // The count counts.
    let risk = [("use".into(), "private".into()), ("seats".into(), 5.into()), ("clean_years".into(), 3.into())].into();
    assert!(allocations(|| _ = black_box(plan.quote_explained(&risk, &request))) > 0);
}
