//! A reader of QR codes for browsers that have none of their own, such as Safari and Firefox; loaded where it is needed.

use leptos::prelude::lazy;
use wasm_bindgen::JsCast as _;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement};

/// A picture is made no wider than this before a code is looked for in it; more costs time.
const WIDTH: u32 = 480;

/// The video's present picture: its brightness, row by row, and the length of a row.
pub(super) fn grey(video: &HtmlVideoElement) -> Option<(Vec<u8>, usize)> {
    let (wide, high) = (video.video_width(), video.video_height());
    let width = wide.min(WIDTH);
    let height = high.checked_mul(width)?.checked_div(wide).filter(|height| *height > 0)?;
    let canvas: HtmlCanvasElement = gloo::utils::document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let drawn =
        context.draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, f64::from(width), f64::from(height));
    drawn.ok()?;
    let picture = context.get_image_data(0.0, 0.0, width.into(), height.into()).ok()?;
    // Red, green, blue, opacity. Green is near enough to brightness, and a code is black on white.
    let green = picture.data().0.into_iter().skip(1).step_by(4).collect();
    Some((green, usize::try_from(width).ok()?))
}

/// The text of a QR code in a picture.
#[lazy]
pub(super) async fn found(grey: Vec<u8>, width: usize) -> Option<String> {
    let height = grey.len().checked_div(width)?;
    let at = |x: usize, y: usize| grey.get(y * width + x).copied().unwrap_or(u8::MAX);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, at);
    picture.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}
