//! The guard around every export: a panic becomes the refusal `internal`, and its text is seen by nobody.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use crm_core::refusal::{Code, Refusal};

thread_local! {
    /// How many guards this thread is inside.
    static INSIDE: Cell<usize> = const { Cell::new(0) };
}

static HOOK: Once = Once::new();

/// Runs `work`; a panic inside becomes the refusal `internal`.
///
/// A panic's text may repeat a caller's value, so it is dropped, and nothing is printed: a hook that is installed once
/// stays silent for a thread inside the guard and hands every other panic to the hook that was there before.
///
/// # Errors
/// What `work` refuses, and `internal` in place of a panic.
///
/// ```
/// use crm_core::refusal::Code;
/// use crm_surface::guard::guard;
///
/// assert_eq!(guard(|| Ok(1)), Ok(1));
/// assert_eq!(guard::<()>(|| panic!("never seen")).unwrap_err().code(), Code::Internal);
/// ```
pub fn guard<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    HOOK.call_once(|| {
        let previous = take_hook();
        set_hook(Box::new(move |panic| {
            if INSIDE.try_with(Cell::get).unwrap_or(0) == 0 {
                previous(panic);
            }
        }));
    });
    let _here = Here::enter();
    // What `work` was changing is gone with it: arguments are owned by the call and engines are immutable.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        // Dropping a payload could panic again; forgetting it leaks a few bytes at most once per fault of the library.
        std::mem::forget(payload);
        Err(Refusal::new(Code::Internal))
    })
}

/// Counts this thread into the guard for as long as it lives.
struct Here;

impl Here {
    fn enter() -> Self {
        INSIDE.with(|inside| inside.set(inside.get() + 1));
        Self
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        // At the end of a thread the count may be gone already; then nobody asks for it either.
        let _ = INSIDE.try_with(|inside| inside.set(inside.get().saturating_sub(1)));
    }
}
