//! A load generator: kept-alive connections on the loopback, each one request at a time.

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// One connection.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

/// What is asked.
pub struct Ask<'a> {
    pub method: Method,
    pub path: &'a str,
    pub token: Option<&'a str>,
    pub body: Vec<u8>,
}

impl<'a> Ask<'a> {
    pub const fn get(path: &'a str) -> Self {
        Self { method: Method::GET, path, token: None, body: Vec::new() }
    }
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.expect("the portal listens");
        stream.set_nodelay(true).expect("a TCP stream");
        let (sender, connection) = handshake(TokioIo::new(stream)).await.expect("it speaks HTTP/1.1");
        tokio::spawn(connection);
        Self { sender, host: address.to_string() }
    }

    /// Status and body.
    pub async fn send(&mut self, ask: Ask<'_>) -> (u16, Bytes) {
        let mut request = Request::builder().method(ask.method).uri(ask.path).header("host", &self.host);
        // Pages as most browsers get them: compressed. Programs ask the API for plain answers.
        if ask.token.is_none() {
            request = request.header("accept-encoding", "br, gzip");
        }
        if let Some(token) = ask.token {
            request = request
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", "application/octet-stream");
        }
        let request = request.body(Full::new(Bytes::from(ask.body))).expect("a request");
        self.sender.ready().await.expect("the connection is kept alive");
        let answer = self.sender.send_request(request).await.expect("an answer");
        let status = answer.status().as_u16();
        (status, answer.into_body().collect().await.expect("a whole answer").to_bytes())
    }
}

/// Requests per second for `path`, over so many connections, for so long; and the answer's bytes over the wire.
pub async fn pages(address: SocketAddr, path: &str, connections: usize, time: Duration) -> (f64, usize) {
    let mut tasks = JoinSet::new();
    let start = Instant::now();
    for _ in 0..connections {
        let path = path.to_owned();
        tasks.spawn(async move {
            let mut connection = Connection::open(address).await;
            let (mut answered, mut bytes) = (0_u64, 0);
            while start.elapsed() < time {
                let (status, body) = connection.send(Ask::get(&path)).await;
                assert_eq!(status, 200, "{path}");
                (answered, bytes) = (answered + 1, body.len());
            }
            (answered, bytes)
        });
    }
    let done = tasks.join_all().await;
    let answered: u64 = done.iter().map(|(answered, _)| answered).sum();
    (answered as f64 / start.elapsed().as_secs_f64(), done.first().map_or(0, |(_, bytes)| *bytes))
}
