//! Sessions, requests from other sites, sizes, tries, health, and the description of the API.

use super::{Door, PASSWORD};

#[tokio::test]
async fn a_program_signs_in_and_out() {
    let door = Door::open(None).await;
    door.sign_up("anna").await;
    let answer = door.sign_in("anna", PASSWORD).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let session: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let token = session["token"].as_str().expect("a token");
    assert!(door.is_signed_in(token).await);
    let ended =
        door.ask("DELETE", "/api/v1/sessions", &[("authorization", &format!("Bearer {token}"))], Vec::new()).await;
    assert_eq!(ended.status, 204);
    assert!(!door.is_signed_in(token).await);
}

#[tokio::test]
async fn wrong_credentials_are_told_apart_by_nothing_and_throttled() {
    let door = Door::open(None).await;
    door.sign_up("anna").await;
    let (wrong, unknown) = (door.sign_in("anna", "no no no no").await, door.sign_in("nobody", "no no no no").await);
    assert_eq!((wrong.status, wrong.code()), (401, "wrong-credentials".to_owned()));
    assert_eq!((wrong.status, &wrong.body), (unknown.status, &unknown.body));
    for _ in 0..9 {
        assert_eq!(door.sign_in("anna", "no no no no").await.status, 401);
    }
    let late = door.sign_in("anna", PASSWORD).await;
    assert_eq!((late.status, late.code()), (429, "too-many-tries".to_owned()));
    assert_eq!(late.header("retry-after"), "900");
    door.clock.pass(900_000);
    assert_eq!(door.sign_in("anna", PASSWORD).await.status, 201);
}

#[tokio::test]
async fn a_server_function_that_refuses_has_the_status_of_its_code() {
    let door = Door::open(None).await;
    let functions = leptos::server_fn::axum::server_fn_paths();
    let sign_in = functions.map(|(path, _)| path).find(|path| path.starts_with("/ui/sign_in")).expect("a function");
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")];
    for (form, status, code) in
        [("login=nobody&password=x", 401, "wrong-credentials"), ("login=nobody", 422, "invalid")]
    {
        let answer = door.ask("POST", sign_in, &headers, form.as_bytes().to_vec()).await;
        assert_eq!(answer.status, status, "{}", answer.body);
        assert!(answer.body.contains(code), "{}", answer.body);
    }
}

#[tokio::test]
async fn another_site_can_do_nothing_with_our_cookie() {
    let door = Door::open(None).await;
    let token = door.sign_up("anna").await.token;
    let cookie = format!("__Host-session={token}");
    for from in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let answer = door.ask("DELETE", "/api/v1/sessions", &[("cookie", &cookie), from], Vec::new()).await;
        assert_eq!((answer.status, answer.code()), (403, "wrong-origin".to_owned()), "{from:?}");
        assert!(door.is_signed_in(&token).await, "{from:?}");
    }
    let ours = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin")];
    assert_eq!(door.ask("DELETE", "/api/v1/sessions", &ours, Vec::new()).await.status, 204);
    assert!(!door.is_signed_in(&token).await);
}

#[tokio::test]
async fn oversized_and_broken_bodies_are_refused() {
    let door = Door::open(None).await;
    let json = [("content-type", "application/json")];
    let large = door.ask("POST", "/api/v1/sessions", &json, vec![b' '; 9 * 1024]).await;
    assert_eq!(large.code(), "invalid", "a body beyond the limit does not parse");
    let huge = door.ask("POST", "/ui/anything", &[("content-length", "40000000")], Vec::new()).await;
    assert_eq!(huge.status, 413);
    for body in ["", "{", "[]", "{\"login\":1}", "{\"login\":\"a\u{0}\"}", "\u{FEFF}"] {
        let answer = door.ask("POST", "/api/v1/sessions", &json, body.as_bytes().to_vec()).await;
        assert_eq!((answer.status, answer.code()), (422, "invalid".to_owned()), "{body:?}");
    }
    let strange = door.sign_in("\u{202E}\u{0}𝕬nna\u{200B}", "\u{0}\u{FFFF}x").await;
    assert_eq!(strange.code(), "wrong-credentials");
}

#[tokio::test]
async fn a_form_that_is_too_large_is_answered_with_its_page_that_says_so() {
    let door = Door::open(None).await;
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
        ("accept-language", "en"),
    ];
    let page = door.ask("GET", "/sign-in", &headers, Vec::new()).await;
    let address = page.body.split('"').find(|part| part.starts_with("/sign-in?do=")).expect("the form's address");
    for (size, status) in [(256 << 10, 422), ((256 << 10) + 1, 413), (33 << 20, 413)] {
        let answer = door.ask("POST", address, &headers, vec![b'a'; size]).await;
        assert_eq!((answer.status, answer.header("content-type")), (status, "text/html; charset=utf-8"), "{size}");
        let says = answer.body.contains("That is too large and was not accepted.");
        assert_eq!(says, status == 413, "{size}");
    }
}

#[tokio::test]
async fn a_program_is_told_in_its_own_kind_of_document_that_there_is_no_such_address_or_method() {
    let door = Door::open(None).await;
    for path in ["/api", "/api/v1", "/api/v1/pols", "/api/v2/polls", "/api/v1/polls/1/no/such"] {
        for method in ["GET", "POST"] {
            let answer = door.ask(method, path, &[], Vec::new()).await;
            assert_eq!((answer.status, answer.code()), (404, "not-found".to_owned()), "{method} {path}");
        }
    }
    let answer = door.ask("DELETE", "/api/v1/polls", &[], Vec::new()).await;
    assert_eq!((answer.status, answer.code()), (405, "method-not-allowed".to_owned()));
    assert!(answer.header("allow").contains("GET"), "{}", answer.header("allow"));
}

#[tokio::test]
async fn words_are_found_under_the_address_of_their_own_version_alone() {
    let door = Door::open(None).await;
    let page = door.ask("GET", "/help", &[("accept-language", "en")], Vec::new()).await;
    let address = page.body.split('"').find(|part| part.starts_with("/words/")).expect("the page names its words");
    assert!(page.body.contains(&format!(r#"rel="preload" href="{address}.1""#)), "and asks for the lists it needs");
    for list in ["0", "1", "2"] {
        let list = door.ask("GET", &format!("{address}.{list}"), &[], Vec::new()).await;
        assert_eq!((list.status, list.header("cache-control")), (200, "public, max-age=31536000, immutable"));
        assert!(serde_json::from_str::<Vec<String>>(&list.body).is_ok_and(|words| words.len() > 50), "{}", list.body);
    }
    let others = [address.to_owned(), format!("{address}.3"), format!("{address}.00")];
    let others = others.iter().map(String::as_str);
    for other in others.chain(["/words/en.0000000000000000.0", "/words/en", "/words/fr.1", "/words/en.", "/words/en.."])
    {
        let answer = door.ask("GET", other, &[], Vec::new()).await;
        assert_eq!((answer.status, answer.header("cache-control")), (404, "no-store"), "{other}");
    }
}

#[tokio::test]
async fn health_is_told_and_every_answer_is_guarded() {
    let door = Door::open(None).await;
    for path in ["/healthz", "/readyz", "/metrics"] {
        let answer = door.ask("GET", path, &[], Vec::new()).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
    }
}

#[tokio::test]
async fn metrics_have_no_label_that_a_stranger_makes_up() {
    let door = Door::open(None).await;
    door.ask("BREW", "/tea-pot-of-one-visitor", &[], Vec::new()).await;
    let metrics = door.ask("GET", "/metrics", &[], Vec::new()).await.body;
    let mut counted = metrics.lines().filter(|line| line.starts_with("minyi_requests_total"));
    assert!(counted.any(|line| line.contains(r#"route="other""#) && line.contains(r#"method="other""#)), "{metrics}");
    assert!(!metrics.contains("BREW") && !metrics.contains("tea-pot"), "{metrics}");
    assert!(metrics.contains("minyi_jobs_waiting "), "{metrics}");
}

#[tokio::test]
async fn the_committed_description_is_the_one_that_is_served() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
    let committed = std::fs::read_to_string(file).expect("docs/openapi.json");
    let committed: serde_json::Value = serde_json::from_str(&committed).expect("JSON");
    let served = serde_json::to_value(server::api::description()).expect("JSON");
    assert_eq!(committed, served, "run `minyi openapi > docs/openapi.json`");
}
