//! Another program from which files are dragged: a small window that speaks XDND, version 5
//! (<https://www.freedesktop.org/wiki/Specifications/XDND/>), moved by a real pointer.

use std::{error::Error, path::PathBuf, sync::mpsc, thread};

use x11rb::{
    connection::Connection,
    protocol::{
        Event,
        xproto::{
            AtomEnum, ButtonReleaseEvent, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask,
            GrabMode, MotionNotifyEvent, PropMode, SELECTION_NOTIFY_EVENT, SelectionNotifyEvent,
            SelectionRequestEvent, Window, WindowClass,
        },
    },
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

use crate::display::Display;

x11rb::atom_manager! {
    Atoms: AtomsCookie {
        XdndAware, XdndSelection, XdndEnter, XdndPosition, XdndStatus, XdndLeave, XdndDrop, XdndFinished,
        XdndActionCopy,
        UriList: b"text/uri-list",
    }
}

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Presses on the source, carries the files to this place on the screen, and lets go.
pub fn drag_and_drop(display: &Display, files: &[PathBuf], to: (u16, u16)) {
    let uris: Vec<String> = files.iter().map(|file| format!("file://{}\r\n", escape(file))).collect();
    let uris = uris.concat();
    let name = display.name.clone();
    let (ready, is_ready) = mpsc::channel();
    let source = thread::spawn(move || serve(&name, &uris, &ready).map_err(|problem| problem.to_string()));
    is_ready.recv().expect("the source's window opens");
    display.hand(&["mousemove", "40", "30", "mousedown", "1"]);
    for step in 1..=12 {
        let between = |from: u32, to: u16| (from + (u32::from(to) - from) * step / 12).to_string();
        display.hand(&["mousemove", &between(40, to.0), &between(30, to.1), "sleep", "0.05"]);
    }
    display.hand(&["sleep", "0.3", "mouseup", "1"]);
    source.join().expect("the source does not panic").expect("the drop is accepted and finished");
}

fn escape(file: &std::path::Path) -> String {
    file.to_string_lossy()
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

struct Source<'a> {
    x: RustConnection,
    atoms: Atoms,
    window: Window,
    uris: &'a str,
    target: Option<Window>,
    accepted: bool,
    released: bool,
}

fn serve(display: &str, uris: &str, ready: &mpsc::Sender<()>) -> Outcome<()> {
    let (x, screen) = x11rb::connect(Some(display))?;
    let atoms = Atoms::new(&x)?.reply()?;
    let screen = &x.setup().roots[screen];
    let (root, window) = (screen.root, x.generate_id()?);
    let mask = EventMask::BUTTON_PRESS | EventMask::BUTTON_RELEASE | EventMask::BUTTON_MOTION;
    // Past the window manager: it stays where it is put, above all others.
    let look = CreateWindowAux::new().override_redirect(1).background_pixel(0x00dd_ddff).event_mask(mask);
    x.create_window(0, window, root, 4, 4, 120, 60, 0, WindowClass::INPUT_OUTPUT, 0, &look)?;
    x.map_window(window)?;
    x.sync()?;
    ready.send(())?;
    let mut source = Source { x, atoms, window, uris, target: None, accepted: false, released: false };
    loop {
        match source.x.wait_for_event()? {
            Event::ButtonPress(press) => {
                source.x.set_selection_owner(window, atoms.XdndSelection, press.time)?;
                let (mask, mode) = (EventMask::BUTTON_RELEASE | EventMask::BUTTON_MOTION, GrabMode::ASYNC);
                source.x.grab_pointer(
                    false,
                    window,
                    mask,
                    mode,
                    mode,
                    x11rb::NONE,
                    x11rb::NONE,
                    press.time,
                )?;
            }
            Event::MotionNotify(motion) => source.carry(root, motion)?,
            Event::ButtonRelease(release) => source.let_go(release)?,
            Event::SelectionRequest(request) => source.hand_over(&request)?,
            Event::ClientMessage(message) if message.type_ == atoms.XdndStatus => {
                source.accepted = message.data.as_data32()[1] & 1 == 1;
                if source.released {
                    source.drop_now(x11rb::CURRENT_TIME)?;
                }
            }
            Event::ClientMessage(message) if message.type_ == atoms.XdndFinished => return Ok(()),
            _ => {}
        }
        source.x.flush()?;
    }
}

impl Source<'_> {
    fn tell(&self, target: Window, word: u32, data: [u32; 4]) -> Outcome<()> {
        let data = [self.window, data[0], data[1], data[2], data[3]];
        let message = ClientMessageEvent::new(32, target, word, data);
        self.x.send_event(false, target, EventMask::NO_EVENT, message)?;
        Ok(())
    }

    /// Follows the pointer: the innermost window under it that takes drops is told.
    fn carry(&mut self, root: Window, motion: MotionNotifyEvent) -> Outcome<()> {
        let (mut at, mut found) = (root, None);
        while at != x11rb::NONE && found.is_none() {
            let aware = self.x.get_property(false, at, self.atoms.XdndAware, AtomEnum::ANY, 0, 1)?.reply()?;
            if aware.value_len > 0 {
                found = Some(at);
            }
            at = self.x.translate_coordinates(root, at, motion.root_x, motion.root_y)?.reply()?.child;
        }
        if found != self.target {
            if let Some(old) = self.target {
                self.tell(old, self.atoms.XdndLeave, [0; 4])?;
            }
            if let Some(new) = found {
                self.tell(new, self.atoms.XdndEnter, [5 << 24, self.atoms.UriList, 0, 0])?;
            }
            (self.target, self.accepted) = (found, false);
        }
        if let Some(target) = self.target {
            let place = (u32::from(motion.root_x as u16) << 16) | u32::from(motion.root_y as u16);
            self.tell(target, self.atoms.XdndPosition, [0, place, motion.time, self.atoms.XdndActionCopy])?;
        }
        Ok(())
    }

    fn let_go(&mut self, release: ButtonReleaseEvent) -> Outcome<()> {
        self.x.ungrab_pointer(release.time)?;
        self.released = true;
        if self.target.is_none() {
            return Err("nothing under the pointer takes drops".into());
        }
        if self.accepted { self.drop_now(release.time) } else { Ok(()) }
    }

    fn drop_now(&mut self, time: u32) -> Outcome<()> {
        let target = self.target.filter(|_| self.accepted).ok_or("the window refuses the files")?;
        self.released = false;
        self.tell(target, self.atoms.XdndDrop, [0, time, 0, 0])
    }

    fn hand_over(&self, request: &SelectionRequestEvent) -> Outcome<()> {
        let known = request.target == self.atoms.UriList;
        if known {
            self.x.change_property8(
                PropMode::REPLACE,
                request.requestor,
                request.property,
                self.atoms.UriList,
                self.uris.as_bytes(),
            )?;
        }
        let answer = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property: if known { request.property } else { x11rb::NONE },
        };
        self.x.send_event(false, request.requestor, EventMask::NO_EVENT, answer)?;
        Ok(())
    }
}
