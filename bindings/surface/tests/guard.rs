//! The guard: a panic becomes a refusal, its text is seen by nobody, and other panics are left alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::panic::{catch_unwind, set_hook};
use std::sync::Mutex;
use std::thread;

use crm_core::refusal::{Code, Refusal};
use crm_core::wire::Dialect;
use crm_surface::guard::guard;
use crm_surface::text;

static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// One test, because the hook belongs to the whole process.
#[test]
fn a_panic_becomes_a_refusal_and_is_not_shown() {
    set_hook(Box::new(|panic| SEEN.lock().unwrap().push(panic.to_string())));

    assert_eq!(guard::<()>(|| panic!("planted secret")).unwrap_err().code(), Code::Internal);
    assert_eq!(guard(|| Ok(5)), Ok(5));
    assert_eq!(guard::<()>(|| Err(Refusal::new(Code::WireDepth))).unwrap_err().code(), Code::WireDepth);

    // A guard inside a guard, and a payload that panics when it is dropped.
    let nested = guard(|| {
        assert!(guard::<()>(|| panic!("planted secret")).is_err());
        panic!("planted secret");
        #[allow(unreachable_code)]
        Ok(())
    });
    assert_eq!(nested.unwrap_err().code(), Code::Internal);
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("planted secret");
        }
    }
    assert_eq!(guard::<()>(|| std::panic::panic_any(Bomb)).unwrap_err().code(), Code::Internal);

    for dialect in [Dialect::Canonical, Dialect::Node, Dialect::Jvm] {
        let refused = text::call(dialect, "selfcheck.panic", b"[]").unwrap_err();
        assert!(refused.starts_with(r#"{"faults":[{"code":"internal","path":"","params":{}"#), "{refused}");
        assert!(!refused.contains("1381234"), "{refused}");
    }
    assert!(SEEN.lock().unwrap().is_empty(), "{:?}", SEEN.lock().unwrap());

    // A panic outside the guard goes where it went before, also from another thread while this one is inside.
    assert!(catch_unwind(|| panic!("outside")).is_err());
    guard(|| {
        assert!(thread::spawn(|| panic!("other thread")).join().is_err());
        Ok(())
    })
    .unwrap();
    let seen = SEEN.lock().unwrap();
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert!(seen[0].contains("outside") && seen[1].contains("other thread"), "{seen:?}");
}
