//! The files that bring a page to life, by the names that the last build gave them.

use leptos::{WasmSplitManifest, nonce::use_nonce, prelude::*};
use std::{collections::HashMap, fs, io, path::Path, sync::Arc};

/// What every page's head names. Cheap to clone.
#[derive(Clone)]
pub struct SiteFiles(Arc<Files>);

struct Files {
    style: String,
    script: String,
    code: String,
    start: String,
    lazy: Option<WasmSplitManifest>,
}

impl SiteFiles {
    /// Reads `hashes`, lines of `kind: hash` as cargo-leptos writes them, and from the site folder which files each lazily
    /// loaded page wants. Without hashes (tests of the server alone) the names carry none.
    ///
    /// # Errors
    /// Where a file is there and cannot be read.
    pub fn read(site: &Path, hashes: Option<&Path>) -> io::Result<Self> {
        let hashes = hashes.map(fs::read_to_string).transpose()?.unwrap_or_default();
        let hashes: HashMap<&str, &str> = hashes
            .lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(kind, hash)| (kind.trim(), hash.trim()))
            .collect();
        let name = |start: &str, kind: &str, end: &str| match hashes.get(kind) {
            Some(hash) => format!("{start}.{hash}.{end}"),
            None => format!("{start}.{end}"),
        };
        let (script, code) = (name("/pkg/minyi", "js", "js"), name("/pkg/minyi", "wasm", "wasm"));
        let start = format!(
            "import({script:?}).then(minyi=>minyi.default({{module_or_path:{code:?}}}).then(()=>minyi.hydrate()))"
        );
        let wanted = site.join("pkg").join(name("__wasm_split_manifest", "manifest", "json"));
        let lazy = match fs::read_to_string(wanted) {
            Ok(wanted) => {
                let wanted = serde_json::from_str(&wanted)?;
                let loader = name("__wasm_split", "split", "js");
                Some(WasmSplitManifest(ArcStoredValue::new(("/pkg".to_owned(), wanted, loader))))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        Ok(Self(Arc::new(Files { style: name("/pkg/minyi", "css", "css"), script, code, start, lazy })))
    }

    /// The style sheet; the code, fetched while the page is still read; and the script that starts it.
    pub(crate) fn head(&self) -> impl IntoView + use<> {
        let Files { style, script, code, start, lazy } = &*self.0;
        if let Some(lazy) = lazy {
            provide_context(lazy.clone());
        }
        view! {
            <link rel="stylesheet" href=style.clone()/>
            <link rel="modulepreload" href=script.clone() crossorigin="anonymous"/>
            <link rel="preload" href=code.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
            <script type="module" nonce=use_nonce()>{start.clone()}</script>
        }
    }
}
