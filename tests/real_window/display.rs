//! A screen of its own for a test: Xvfb with a window manager, one program on it, hands and eyes.

use std::{
    io::{BufRead, BufReader},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use x11rb::{
    connection::Connection,
    protocol::xproto::{
        AtomEnum, ClientMessageEvent, ConfigureWindowAux, ConnectionExt, EventMask, ImageFormat, Window,
    },
    rust_connection::RustConnection,
};

use crate::shot::Shot;

/// Long enough for a loaded machine without a graphics card; nothing is asserted about time.
const PATIENCE: Duration = Duration::from_mins(1);

/// Asks until the answer is there. The message says what was waited for.
pub fn wait_for<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(start.elapsed() < PATIENCE, "waited {} s for {what}", PATIENCE.as_secs());
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Starts a helper program; without it the test fails and says what is missing.
fn helper(program: &str) -> Command {
    let found = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()));
    assert!(found, "{program} is not installed; ./scripts/test installs what the tests need");
    Command::new(program)
}

/// A virtual screen with a window manager. Ends with all that runs on it.
pub struct Display {
    /// ":N"
    pub name: String,
    x: RustConnection,
    root: Window,
    server: Child,
    manager: Child,
    folder: tempfile::TempDir,
}

impl Display {
    /// Starts a screen of this size, pixels.
    pub fn start(width: u16, height: u16) -> Self {
        let mut server = helper("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{width}x{height}x24")])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts");
        let mut number = String::new();
        let answer = server.stdout.take().expect("its output is a pipe");
        BufReader::new(answer).read_line(&mut number).expect("Xvfb says its number");
        let name = format!(":{}", number.trim());
        let (x, screen) = x11rb::connect(Some(&name)).expect("the new screen answers");
        let root = x.setup().roots[screen].root;
        let folder = tempfile::tempdir().expect("a temporary folder");
        // It forgets a window that asks to be shown while it is still starting; when it has, it makes this file.
        let ready = folder.path().join("window-manager-ready");
        let manager = helper("openbox")
            .args(["--startup", &format!("touch '{}'", ready.display())])
            .env("DISPLAY", &name)
            .env("HOME", folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("openbox starts");
        let display = Self { name, x, root, server, manager, folder };
        wait_for("the window manager", || ready.exists().then_some(()));
        // The pointer rests where it points at nothing.
        display.hand(&["mousemove", &(width - 1).to_string(), &(height - 1).to_string()]);
        display
    }

    /// Starts Spinepace on this screen with settings of its own, and waits for its window.
    pub fn run(&self, arguments: &[&Path]) -> Program<'_> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spinepace"));
        command.args(arguments);
        self.run_command(command)
    }

    /// The same, with every socket that it makes written into a file.
    #[allow(dead_code, reason = "not for the bench of the start")]
    pub fn run_watched(&self, arguments: &[&Path], sockets: &Path) -> Program<'_> {
        let mut command = helper("strace");
        // It stands beside the program, which stays our child.
        command.args(["-D", "-f", "-qq", "-e", "trace=socket,connect", "-o"]).arg(sockets);
        command.arg(env!("CARGO_BIN_EXE_spinepace")).args(arguments);
        self.run_command(command)
    }

    fn run_command(&self, command: Command) -> Program<'_> {
        let mut program = self.start_program(command);
        program.window = wait_for("the window", || {
            program.assert_alive();
            self.window_of(program.process.id())
        });
        // Keys go to the window that has the focus.
        wait_for("the window's focus", || {
            (self.windows(self.root, "_NET_ACTIVE_WINDOW") == [program.window]).then_some(())
        });
        program
    }

    /// Starts any program on this screen with settings of its own.
    pub fn start_program(&self, mut command: Command) -> Program<'_> {
        let home = self.folder.path();
        command
            .env("DISPLAY", &self.name)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::inherit());
        for folder in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
            command.env(folder, home);
        }
        let process = command.spawn().unwrap_or_else(|problem| panic!("{command:?}: {problem}"));
        Program { display: self, process, window: self.root }
    }

    /// The folder that is home to what runs on it.
    #[allow(dead_code, reason = "not for the bench of the start")]
    pub fn home(&self) -> &Path {
        self.folder.path()
    }

    /// Types and moves as a person does, through the server: `xdotool`'s own words.
    pub fn hand(&self, words: &[&str]) {
        let done = helper("xdotool").env("DISPLAY", &self.name).args(words).status().expect("xdotool runs");
        assert!(done.success(), "xdotool {words:?}: {done}");
    }

    /// What the clipboard holds as this kind of data, for another program; `xclip`'s own words.
    pub fn clipboard(&self, kind: &str) -> Option<Vec<u8>> {
        let words = ["-selection", "clipboard", "-target", kind, "-out"];
        let answer = helper("xclip").env("DISPLAY", &self.name).args(words).output().expect("xclip runs");
        answer.status.success().then_some(answer.stdout)
    }

    /// Whether any program shows a window.
    #[allow(dead_code, reason = "for the bench of the start")]
    pub fn shows_a_window(&self) -> bool {
        !self.windows(self.root, "_NET_CLIENT_LIST").is_empty()
    }

    /// What the whole screen shows now.
    #[allow(dead_code, reason = "for the bench of the start")]
    pub fn shot(&self) -> Shot {
        self.shot_of(self.root)
    }

    fn shot_of(&self, window: Window) -> Shot {
        // A window on its way to another place or size may lie beyond the screen's edge for a moment.
        wait_for("a window that lies on the screen", || {
            let size = self.x.get_geometry(window).ok()?.reply().ok()?;
            let at = self.x.translate_coordinates(window, self.root, 0, 0).ok()?.reply().ok()?;
            let (left, top, format) = (at.dst_x, at.dst_y, ImageFormat::Z_PIXMAP);
            let image =
                self.x.get_image(format, self.root, left, top, size.width, size.height, u32::MAX).ok()?;
            Some(Shot::from_bgrx(size.width, size.height, &image.reply().ok()?.data))
        })
    }

    fn window_of(&self, pid: u32) -> Option<Window> {
        let windows = self.windows(self.root, "_NET_CLIENT_LIST");
        windows.into_iter().find(|window| self.windows(*window, "_NET_WM_PID") == [pid])
    }

    /// A 32-bit property; empty where it is missing.
    fn windows(&self, window: Window, property: &str) -> Vec<u32> {
        let read = || {
            let atom = self.x.intern_atom(false, property.as_bytes()).ok()?.reply().ok()?.atom;
            let reply =
                self.x.get_property(false, window, atom, AtomEnum::ANY, 0, 1024).ok()?.reply().ok()?;
            Some(reply.value32()?.collect())
        };
        read().unwrap_or_default()
    }

    fn text(&self, window: Window, property: &str) -> String {
        let read = || {
            let atom = self.x.intern_atom(false, property.as_bytes()).ok()?.reply().ok()?.atom;
            let reply =
                self.x.get_property(false, window, atom, AtomEnum::ANY, 0, 1024).ok()?.reply().ok()?;
            String::from_utf8(reply.value).ok()
        };
        read().unwrap_or_default()
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        for process in [&mut self.manager, &mut self.server] {
            // It may have ended already.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// Spinepace, running on a [`Display`].
pub struct Program<'a> {
    display: &'a Display,
    process: Child,
    window: Window,
}

impl Program<'_> {
    /// The title of its window.
    pub fn title(&self) -> String {
        self.display.text(self.window, "_NET_WM_NAME")
    }

    /// Waits until the title is as wanted, and the picture has come to rest.
    pub fn wait_for_title(&mut self, wanted: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            self.assert_alive();
            let title = self.title();
            if wanted(&title) {
                self.settle();
                return title;
            }
            assert!(start.elapsed() < PATIENCE, "the title stays {title:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits until the program has nothing to do and its picture no longer changes, and gives the picture.
    pub fn settle(&mut self) -> Shot {
        let mut last = self.shot();
        let mut same = 0;
        wait_for("a picture at rest", || {
            self.assert_alive();
            std::thread::sleep(Duration::from_millis(150));
            let sleeps = self.sleeps();
            let now = self.shot();
            same = if sleeps && now == last { same + 1 } else { 0 };
            last = now;
            (same >= 4).then_some(())
        });
        last
    }

    /// Whether all its threads wait for something to happen. On a busy machine a program that has yet to answer a
    /// key stands still, too, but its threads stand in the queue for a processor.
    fn sleeps(&self) -> bool {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.process.id())).expect("it runs");
        tasks.flatten().all(|task| {
            // A thread that ended meanwhile does nothing. The state follows the name in brackets.
            let stat = std::fs::read_to_string(task.path().join("stat")).unwrap_or_default();
            stat.rsplit(')').next().is_none_or(|rest| !rest.trim_start().starts_with(['R', 'D', 't']))
        })
    }

    /// Where the window's content begins on the screen, pixels.
    #[allow(dead_code, reason = "not for the bench of the start")]
    pub fn origin(&self) -> (i16, i16) {
        let at = self.display.x.translate_coordinates(self.window, self.display.root, 0, 0);
        let at = at.expect("a request").reply().expect("the window is there");
        (at.dst_x, at.dst_y)
    }

    /// What the window shows now.
    pub fn shot(&self) -> Shot {
        self.display.shot_of(self.window)
    }

    /// Asks the window manager for another size, pixels, and waits for it.
    pub fn resize(&mut self, width: u16, height: u16) -> Shot {
        let x = &self.display.x;
        let wanted = ConfigureWindowAux::new().x(0).y(0).width(u32::from(width)).height(u32::from(height));
        x.configure_window(self.window, &wanted).expect("a request").check().expect("the window is there");
        wait_for("the new size", || {
            let size = x.get_geometry(self.window).ok()?.reply().ok()?;
            (size.width == width && size.height == height).then_some(())
        });
        self.settle()
    }

    /// Closes the window as its button does and gives how the program ended.
    pub fn close(self) -> ExitStatus {
        let x = &self.display.x;
        let close =
            x.intern_atom(false, b"_NET_CLOSE_WINDOW").expect("a request").reply().expect("an atom").atom;
        let message = ClientMessageEvent::new(32, self.window, close, [0, 1, 0, 0, 0]);
        let to = EventMask::SUBSTRUCTURE_NOTIFY | EventMask::SUBSTRUCTURE_REDIRECT;
        x.send_event(false, self.display.root, to, message).expect("a request");
        x.flush().expect("the screen answers");
        self.wait_for_end()
    }

    /// Waits until the program ends of itself and gives how.
    pub fn wait_for_end(mut self) -> ExitStatus {
        wait_for("the end of the program", || self.process.try_wait().expect("a child of ours"))
    }

    /// Processor time that the program has used so far, s.
    pub fn processor_s(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id())).expect("it runs");
        // The second field is a name in brackets; user and system time are the 12th and 13th after it,
        // in hundredths of a second (`USER_HZ`, 100 on every Linux that Rust runs on).
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        [11, 12].iter().map(|i| fields[*i].parse::<f64>().expect("a number")).sum::<f64>() / 100.0
    }

    /// Whether these words stand anywhere in the memory that the program can write to.
    #[allow(dead_code, reason = "not for the bench of the start")]
    pub fn holds(&self, words: &str) -> bool {
        let of = |file: &str| format!("/proc/{}/{file}", self.process.id());
        let maps = std::fs::read_to_string(of("maps")).expect("it runs");
        let memory = std::fs::File::open(of("mem")).expect("its memory can be read: it is our child");
        maps.lines().any(|line| {
            let mut parts = line.split_whitespace();
            let (range, may) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let ends =
                range.split_once('-').map(|(from, to)| [from, to].map(|it| u64::from_str_radix(it, 16)));
            let Some([Ok(from), Ok(to)]) = ends.filter(|_| may.starts_with("rw")) else { return false };
            let mut bytes = vec![0; (to - from) as usize];
            // A part that went away meanwhile holds nothing.
            memory.read_exact_at(&mut bytes, from).is_ok()
                && bytes.windows(words.len()).any(|window| window == words.as_bytes())
        })
    }

    /// Fails if the program has ended.
    pub fn assert_alive(&mut self) {
        if let Some(status) = self.process.try_wait().expect("a child of ours") {
            panic!("Spinepace ended: {status}");
        }
    }
}

impl Drop for Program<'_> {
    fn drop(&mut self) {
        // It has ended already where the test closed it.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A file in the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
