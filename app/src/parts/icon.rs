//! A small set of our own drawings, 24 × 24, drawn with a line in the colour of the text.

use leptos::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident $path:literal)*) => {
        /// A drawing. Always beside a word; hidden from screen readers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Icon { $($(#[$doc])* $name,)* }

        impl Icon {
            /// All, for the page of styles.
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)*];

            const fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)* }
            }
        }
    };
}

icons! {
    /// 首页
    Home "M4 11 12 4l8 7v9H4zM10 20v-5h4v5"
    /// 议事
    Talk "M4 5h16v11h-9l-4 4v-4H4zM8 9h8M8 12.5h5"
    /// 投票
    Ballot "M3 13h18v7H3zM8 13V4h8v9M10 8.5l1.5 1.5L14.5 7"
    /// 志愿
    Heart "M12 20C6 16 3.5 12.6 3.5 9.2A4.4 4.4 0 0 1 12 7.4a4.4 4.4 0 0 1 8.5 1.800C20.5 12.6 18 16 12 20z"
    /// 我的
    Person "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 20.500a8 8 0 0 1 16 0"
    /// Back
    Back "M14.5 5 8 12l6.5 7"
    /// Onward
    Onward "M9.5 5 16 12l-6.5 7"
    /// Read aloud
    Speaker "M4 10v4h3l5 4V6L7 10zM15.5 9.500a4 4 0 0 1 0 5M18 7a8 8 0 0 1 0 10"
    /// Done, right
    Check "M4.5 12.5 10 18 20 6"
    /// Wrong
    Cross "M6 6l12 12M18 6 6 18"
    /// Neither
    Minus "M5 12h14"
    /// Time
    Clock "M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7v5l3.5 2"
    /// Take care
    Alert "M12 4 21.5 20h-19zM12 10v4.500M12 17v.5"
    /// To know
    Info "M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 11v5.500M12 7.500V8"
    /// Print
    Print "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z"
    /// Pass on
    Share "M12 15V4M8 7.5 12 4l4 3.500M6 11H4v9h16v-9h-2"
    /// Look for
    Search "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 20.5 20.5"
    /// Sealed
    Lock "M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3"
    /// A trustee's key
    Key "M8 11.500a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM10.8 12.7 19 4.500M15.5 8l2.5 2.5"
    /// Mail
    Mail "M3.5 6h17v12h-17zM4 7l8 6 8-6"
    /// A file
    File "M6 3.500h8l4 4v13H6zM14 3.500v4h4"
    /// Keep
    Download "M12 4v11M8 11.500l4 3.5 4-3.500M5 20h14"
    /// Leave
    Leave "M10 4H5v16h5M14 8l4 4-4 4M18 12H9"
    /// Languages
    Globe "M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM3.5 12h17M12 3.500c5 5.5 5 11.5 0 17M12 3.500c-5 5.5-5 11.5 0 17"
    /// A new one
    Plus "M12 5v14M5 12h14"
}

/// The drawing.
pub(crate) fn icon(icon: Icon) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=icon.path()></path></svg> }
}
