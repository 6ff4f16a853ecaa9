//! Forms of the passcode: to unlock the library, to set, change or remove it, and to restore what has one.

use crate::{
    app::{
        App,
        background::library::Done,
        state::{
            form::{FieldKind, Form, FormFor},
            secret_text::SecretText,
        },
    },
    library::{Passcode, PasscodeChange, RecoveryKey, Secret},
};

/// One of these forms.
pub(super) fn form(what_for: &FormFor) -> Form {
    match what_for {
        FormFor::Unlock => Form::new(what_for.clone(), "Unlock the library", "Unlock")
            .about("Runs, people and notes are encrypted. The recovery key opens them, too.")
            .with(FieldKind::Secret, "Passcode", "", ""),
        FormFor::SetPasscode(key) => form_of_passcode(key),
        FormFor::ChangePasscode => Form::new(what_for.clone(), "Change the passcode", "Change it")
            .about("The recovery key opens it, too, and stays good.")
            .with(FieldKind::Secret, "Passcode now", "", "")
            .with(FieldKind::Secret, "New passcode", "", "")
            .with(FieldKind::Secret, "New passcode, once more", "", ""),
        FormFor::RemovePasscode => Form::new(what_for.clone(), "Remove the passcode", "Remove it")
            .about("The library and its backups will lie on the disk unencrypted.")
            .with(FieldKind::Secret, "Passcode", "", ""),
        FormFor::Restore(_) => Form::new(what_for.clone(), "Restore the backup", "Restore it")
            .about("The passcode or recovery key that opens library and backup.")
            .with(FieldKind::Secret, "Passcode", "", ""),
        _ => Form::new(what_for.clone(), "", ""),
    }
}

impl App {
    /// Does what such a form says.
    pub(super) fn write_down_passcode(&mut self, form: &Form) -> Result<(), String> {
        let desk = &mut self.background.library;
        match form.what_for.clone() {
            FormFor::Unlock => desk.unlock(secret(form, 0)?),
            FormFor::SetPasscode(key) => {
                let passcode = passcode_twice(form, 0, 1)?;
                let noted = form.value(2).to_uppercase();
                if noted.is_empty() || !key.letters().ends_with(&noted) || noted.len() < 5 {
                    return Err("Write the recovery key down, then type its last five characters".to_owned());
                }
                desk.change("The passcode", move |library| {
                    let change = library.set_passcode(&passcode, &RecoveryKey::parse(key.letters())?)?;
                    Ok(Done::Said("The passcode", passcode_words(&change)))
                });
            }
            FormFor::ChangePasscode => {
                let (now, passcode) = (secret(form, 0)?, passcode_twice(form, 1, 2)?);
                desk.change("The passcode", move |library| {
                    let change = library.change_passcode(&now, &passcode, None)?;
                    Ok(Done::Said("The passcode", passcode_words(&change)))
                });
            }
            FormFor::RemovePasscode => {
                let now = secret(form, 0)?;
                desk.change("The passcode", move |library| {
                    library.remove_passcode(&now)?;
                    Ok(Done::Said(
                        "The passcode",
                        "is removed; the library is no longer encrypted".to_owned(),
                    ))
                });
            }
            FormFor::Restore(backup) => {
                desk.restore(backup, Some(secret(form, 0)?));
                self.state.library.forget();
            }
            _ => {}
        }
        Ok(())
    }
}

/// With the recovery key, which is seen here and nowhere else.
fn form_of_passcode(key: &SecretText) -> Form {
    let form = Form::new(FormFor::SetPasscode(key.clone()), "Set a passcode", "Encrypt the library");
    form.about(
        "It opens the library when the passcode is forgotten. Write it down and keep it where you keep keys: it is \
         shown only now and kept nowhere. Without both, nobody can open the library again.",
    )
    .with(FieldKind::Secret, "New passcode", "a few words are easy to remember", "")
    .with(FieldKind::Secret, "New passcode, once more", "", "")
    .with(FieldKind::Line, "Last five characters of the recovery key", "to see that you have it", "")
}

/// What was typed to open the library: its passcode, or the recovery key.
fn secret(form: &Form, place: usize) -> Result<Secret, String> {
    let typed = form.secret(place);
    if typed.is_empty() {
        return Err("Type the passcode, or the recovery key".to_owned());
    }
    Ok(match RecoveryKey::parse(typed) {
        Ok(key) => Secret::Recovery(key),
        Err(_) => Secret::Passcode(Passcode::new(typed.to_owned())),
    })
}

/// A new passcode that was typed twice.
fn passcode_twice(form: &Form, first: usize, second: usize) -> Result<Passcode, String> {
    if form.secret(first) != form.secret(second) {
        return Err("The two passcodes differ; type both again".to_owned());
    }
    Ok(Passcode::new(form.secret(first).to_owned()))
}

fn passcode_words(change: &PasscodeChange) -> String {
    let mut words = "is set: library and backups are encrypted".to_owned();
    for path in &change.strange_backups {
        words = format!("{words}; {} still opens with its old passcode", path.display());
    }
    for path in &change.in_plain {
        words = format!("{words}; {} is not encrypted, delete it if you no longer need it", path.display());
    }
    words
}
