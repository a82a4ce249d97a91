//! The preview's server: this machine only, few connections, and little patience with those who send slowly.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, bail};
use http_body_util::channel::Channel;
use http_body_util::{Either, Full};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::editor::Editor;
use super::guard::Guard;
use super::looked::Looked;
use super::routes::{self, Answer};
use super::shown::Shown;

/// How many connections may be open. A browser holds six to one address.
const MOST_CONNECTIONS: usize = 64;
/// How long a connection may take to send the head of a request.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest head of a request, in bytes, and the most lines in it.
const LONGEST_HEAD: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;
/// How often a browser that waits for news is told that there is none: a way to find out that it has gone.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);
/// How many ports are tried behind one that is taken.
const PORTS_TRIED: u16 = 50;

/// A port of this machine that browsers can knock at.
pub struct Door {
    listener: TcpListener,
    /// The same port by IPv6; some machines have none.
    sixth: Option<TcpListener>,
    guard: Guard,
    /// The port.
    pub port: u16,
}

impl Door {
    /// Takes a port, or the next free one behind it; 0 takes any. Gives an error when none can be had.
    pub fn new(asked: u16) -> anyhow::Result<Self> {
        let mut secret = [0; 16];
        getrandom::fill(&mut secret).map_err(|error| anyhow::anyhow!("the system gives no random numbers: {error}"))?;
        let last = if asked == 0 { 0 } else { asked.saturating_add(PORTS_TRIED) };
        for port in asked..=last {
            match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                Ok(listener) => {
                    let port = listener.local_addr()?.port();
                    return Ok(Self { listener, sixth: TcpListener::bind((Ipv6Addr::LOCALHOST, port)).ok(), guard: Guard::new(port, secret), port });
                }
                Err(error) if error.kind() == ErrorKind::AddrInUse => {}
                Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                    bail!("this system does not let copebook use the port {port}; choose one above 1024, such as --port 4321")
                }
                Err(error) => return Err(error).with_context(|| format!("cannot use the port {port}")),
            }
        }
        bail!("the ports {asked} to {last} are all taken; choose another with --port")
    }

    /// The address to open: it holds the token that lets a browser in.
    pub fn address(&self) -> String {
        format!("http://{}{}", SocketAddr::from((Ipv4Addr::LOCALHOST, self.port)), self.guard.start())
    }
}

/// Answers browsers until the program is ended. `shown` is what they are shown.
/// Which pages they look at is noted in `looked`.
pub fn serve(door: Door, shown: watch::Receiver<Arc<Shown>>, looked: Arc<Looked>, editor: Editor) -> anyhow::Result<Infallible> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let house = Arc::new(House { guard: door.guard, shown, looked, editor, connections: Mutex::default() });
    runtime.block_on(async move {
        if let Some(listener) = door.sixth {
            tokio::spawn(accept(listening(listener)?, Arc::clone(&house)));
        }
        Ok(accept(listening(door.listener)?, house).await)
    })
}

fn listening(listener: TcpListener) -> std::io::Result<tokio::net::TcpListener> {
    listener.set_nonblocking(true)?;
    tokio::net::TcpListener::from_std(listener)
}

type Body = Either<Full<Bytes>, Channel<Bytes>>;

struct House {
    guard: Guard,
    shown: watch::Receiver<Arc<Shown>>,
    looked: Arc<Looked>,
    editor: Editor,
    connections: Mutex<Vec<Connection>>,
}

struct Connection {
    task: AbortHandle,
    /// Whether it has shown the token.
    is_known: Arc<AtomicBool>,
}

async fn accept(listener: tokio::net::TcpListener, house: Arc<House>) -> Infallible {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => house.receive(stream),
            // Too many open files, or the like: it passes.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

impl House {
    /// Takes a connection in. Where there are too many, one that has not shown the token goes: so the author's own browser
    /// always gets through, however many others knock.
    fn receive(self: &Arc<Self>, stream: TcpStream) {
        let mut connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        connections.retain(|connection| !connection.task.is_finished());
        if connections.len() >= MOST_CONNECTIONS {
            let Some(stranger) = connections.iter().position(|connection| !connection.is_known.load(Ordering::Relaxed)) else { return };
            connections.remove(stranger).task.abort();
        }
        let is_known = Arc::new(AtomicBool::new(false));
        let (house, known) = (Arc::clone(self), Arc::clone(&is_known));
        let service = service_fn(move |request| {
            let (house, known) = (Arc::clone(&house), Arc::clone(&known));
            async move { Ok::<_, Infallible>(house.answer(request, &known).await) }
        });
        let task = tokio::spawn(async move {
            let mut http = hyper::server::conn::http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(LONGEST_HEAD).max_headers(MOST_HEADERS);
            // What goes wrong with a connection is its own affair.
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
        });
        connections.push(Connection { task: task.abort_handle(), is_known });
    }

    async fn answer(&self, request: Request<Incoming>, is_known: &AtomicBool) -> Response<Body> {
        let (head, body) = request.into_parts();
        let shown = Arc::clone(&self.shown.borrow());
        let answer = routes::answer(&head, !body.is_end_stream(), &self.guard, &shown, &self.looked);
        let whole = match answer {
            Answer::Whole(response) => {
                is_known.fetch_or(response.status() != StatusCode::FORBIDDEN && !response.status().is_client_error(), Ordering::Relaxed);
                response
            }
            Answer::Events(head) => {
                is_known.store(true, Ordering::Relaxed);
                return head.map(|()| Either::Right(self.events()));
            }
            Answer::Open(file, line) => {
                let opened = self.editor.open(Path::new(&file), line);
                match opened {
                    Ok(()) => routes::text(StatusCode::OK, "The file is open."),
                    Err(_) => routes::text(
                        StatusCode::BAD_GATEWAY,
                        "No program could be started to open this file. Start copebook with --editor and the name of yours.",
                    ),
                }
            }
        };
        whole.map(|bytes| Either::Left(Full::new(bytes)))
    }

    /// The number of what is shown, now and whenever it changes; who reads slowly misses numbers, never the last.
    fn events(&self) -> Channel<Bytes> {
        let (mut sender, channel) = Channel::new(1);
        let mut shown = self.shown.clone();
        tokio::spawn(async move {
            loop {
                let number = shown.borrow_and_update().number;
                let mut news = Bytes::from(format!("retry: 500\ndata: {number}\n\n"));
                loop {
                    if sender.send_data(news).await.is_err() {
                        return;
                    }
                    match tokio::time::timeout(SIGN_OF_LIFE, shown.changed()).await {
                        Ok(Ok(())) => break,
                        Ok(Err(_)) => return,
                        Err(_) => news = Bytes::from_static(b":\n\n"),
                    }
                }
            }
        });
        channel
    }
}
