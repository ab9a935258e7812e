//! A value that must stay on the browser's one thread.

use leptos::prelude::*;

/// Nothing, or one value, of any type. On the server it is always empty, and there is nothing to end: a page is made on one
/// thread there and may end on another, where a value bound to the first one would end the answer halfway.
pub(crate) struct Kept<T: 'static>(Option<StoredValue<Option<T>, LocalStorage>>);

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T> Kept<T> {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self(cfg!(feature = "hydrate").then(|| StoredValue::new_local(None)))
    }

    /// Keeps `value` in place of what was kept.
    pub(crate) fn set(self, value: T) {
        if let Some(kept) = self.0 {
            kept.set_value(Some(value));
        }
    }

    /// What is kept, which is then gone.
    pub(crate) fn take(self) -> Option<T> {
        self.0?.try_update_value(Option::take).flatten()
    }

    /// Reads what is kept.
    pub(crate) fn read<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.0?.try_with_value(|kept| kept.as_ref().map(read)).flatten()
    }

    /// Changes what is kept.
    pub(crate) fn change(self, change: impl FnOnce(&mut T)) {
        if let Some(kept) = self.0 {
            kept.try_update_value(|kept| kept.as_mut().map(change));
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use std::{rc::Rc, thread};

    #[test]
    fn a_page_that_keeps_something_may_end_on_another_thread() {
        let owner = Owner::new();
        let kept = owner.with(Kept::<Rc<()>>::new);
        kept.set(Rc::new(()));
        assert!(kept.take().is_none(), "nothing is kept on a server");
        thread::spawn(move || drop(owner)).join().expect("it ends");
    }
}
