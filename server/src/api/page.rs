//! The description of the API as a page: no script, nothing from elsewhere.

use serde_json::Value;
use std::fmt::Write as _;
use types::ErrorCode;
use utoipa::openapi::OpenApi;

const STYLE: &str = "body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f1d1a;background:#faf7f0}\
code,pre{font-family:ui-monospace,monospace}h2{border-top:1px solid #e4ddcf;padding-top:1rem;font-size:1.1rem}\
table{border-collapse:collapse}td,th{text-align:start;padding:.2rem 1rem .2rem 0;vertical-align:top}a{color:#0f5c5c}";

/// The page.
pub(super) fn render(description: &OpenApi) -> String {
    let document = serde_json::to_value(description).unwrap_or_default();
    let mut html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Minyi API</title><style>{STYLE}</style><main><h1>Minyi API</h1><p>{}</p>\
         <p><a href=\"/api/openapi.json\">openapi.json</a></p>",
        escape(document["info"]["description"].as_str().unwrap_or_default())
    );
    for (path, operations) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            operation_section(&mut html, path, method, operation);
        }
    }
    html.push_str("<h2>Error codes</h2><table><tr><th>code<th>status<th>meaning</tr>");
    for code in ErrorCode::ALL {
        let (name, status, meaning) = (code.as_str(), code.status(), escape(code.meaning()));
        let _ = write!(html, "<tr id=\"error-{name}\"><td><code>{name}</code><td>{status}<td>{meaning}</tr>");
    }
    html.push_str("</table></main></html>");
    html
}

fn operation_section(html: &mut String, path: &str, method: &str, operation: &Value) {
    let text = |value: &Value| escape(value.as_str().unwrap_or_default());
    let _ = write!(html, "<h2><code>{} {}</code></h2>", method.to_uppercase(), escape(path));
    let _ = write!(html, "<p>{} {}</p><table>", text(&operation["summary"]), text(&operation["description"]));
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let (name, place, says) = (text(&parameter["name"]), text(&parameter["in"]), text(&parameter["description"]));
        let _ = write!(html, "<tr><td><code>{name}</code><td>{place}<td>{says}</tr>");
    }
    for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
        let _ = write!(html, "<tr><td>{}<td>answer<td>{}</tr>", escape(status), text(&answer["description"]));
    }
    html.push_str("</table>");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
