//! What the desktop knows of its user's preferences, beyond what egui reads.

use std::{
    sync::mpsc::{Receiver, channel},
    thread,
};

#[cfg(target_os = "linux")]
mod portal {
    use std::{
        pin::pin,
        sync::Arc,
        task::{Context, Poll, Wake, Waker},
        thread::{self, Thread},
    };

    use zbus::{Connection, zvariant::OwnedValue};

    /// A setting of the desktop, through the portal that sandboxed programs can ask, too
    /// (<https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html>).
    async fn setting(bus: &Connection, space: &str, key: &str) -> Option<OwnedValue> {
        let (name, path) = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop");
        let interface = "org.freedesktop.portal.Settings";
        let of = (space, key);
        let answer = bus.call_method(Some(name), path, Some(interface), "ReadOne", &of).await;
        answer.ok()?.body().deserialize().ok()
    }

    /// Whether a portal answers that has dialogs for files
    /// (<https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.FileChooser.html>).
    async fn chooser() -> Option<bool> {
        let bus = Connection::session().await.ok()?;
        let (name, path) = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop");
        let of = ("org.freedesktop.portal.FileChooser", "version");
        let interface = "org.freedesktop.DBus.Properties";
        bus.call_method(Some(name), path, Some(interface), "Get", &of).await.ok().map(|_| true)
    }

    async fn asked() -> Option<bool> {
        let bus = Connection::session().await.ok()?;
        let asked = setting(&bus, "org.freedesktop.appearance", "reduced-motion").await;
        if let Some(asked) = asked.and_then(|value| u32::try_from(value).ok()) {
            return Some(asked == 1);
        }
        let animated = setting(&bus, "org.gnome.desktop.interface", "enable-animations").await;
        animated.and_then(|value| bool::try_from(value).ok()).map(|animated| !animated)
    }

    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    pub fn reduced_motion() -> Option<bool> {
        waited_for(asked())
    }

    pub fn has_chooser() -> bool {
        waited_for(chooser()).unwrap_or(false)
    }

    fn waited_for<T>(answer: impl Future<Output = T>) -> T {
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut answer = pin!(answer);
        loop {
            match answer.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(answer) => return answer,
                Poll::Pending => thread::park(),
            }
        }
    }
}

/// Whether the user of this desktop wants little motion. May take as long as the desktop takes to answer.
/// Unknown where it does not say; of other desktops than Linux's it is not asked.
pub fn reduced_motion() -> Option<bool> {
    #[cfg(target_os = "linux")]
    return portal::reduced_motion();
    #[cfg(not(target_os = "linux"))]
    return None;
}

/// Whether this desktop has dialogs that ask for files: minimal ones, kiosks and WSL have none. May take as long as the
/// desktop takes to answer.
pub fn has_file_dialogs() -> bool {
    // Where no portal answers, the dialogs are those of zenity, if that is there.
    #[cfg(target_os = "linux")]
    return portal::has_chooser()
        || std::env::var_os("PATH")
            .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join("zenity").is_file()));
    #[cfg(not(target_os = "linux"))]
    return true;
}

/// Under native Wayland the window gets no file drops.
pub fn drops_do_not_arrive() -> bool {
    cfg!(target_os = "linux") && std::env::var_os("WAYLAND_DISPLAY").is_some_and(|name| !name.is_empty())
}

/// Whether the desktop's user wants little motion: asked when the cursor first runs, for nothing else moves.
#[derive(Debug, Default)]
pub struct DesktopMotion {
    answer: Option<Receiver<Option<bool>>>,
    reduced: bool,
}

impl DesktopMotion {
    /// Asks, once.
    pub fn ask(&mut self) {
        if self.answer.is_none() {
            let (sender, receiver) = channel();
            self.answer = Some(receiver);
            thread::spawn(move || {
                // The window may be gone by then.
                let _ = sender.send(reduced_motion());
            });
        }
    }

    /// What is known so far.
    pub fn reduced(&mut self) -> bool {
        if let Some(Ok(Some(reduced))) = self.answer.as_ref().map(Receiver::try_recv) {
            self.reduced = reduced;
        }
        self.reduced
    }
}
