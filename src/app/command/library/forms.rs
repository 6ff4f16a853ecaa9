//! Forms of the library: what stands in them at first, and what is written down of what was filled in.

use crate::{
    app::{
        App,
        background::library::Done,
        command::library::passcode,
        state::{
            form::{FieldKind, Form, FormFor, Waiting},
            overlay::Overlay,
            person_words::{counted, date, short},
        },
    },
    library::{Dose, PersonChange, PersonId, Plan, RunId, Weekdays},
};

/// How a day is written into a field.
const DAY: &str = "%Y-%m-%d";

impl App {
    /// Lays a form over the window, with what is known filled in.
    pub(in crate::app::command) fn lay_form(&mut self, what_for: FormFor) {
        let form = match &what_for {
            FormFor::NewPerson(_) => new_person(what_for, ""),
            FormFor::Person(who) => self.form_of_person(*who),
            FormFor::Dose(who) => self.form_of_dose(*who),
            FormFor::Plan(who) => self.form_of_plan(*who),
            FormFor::Note(who, note) => self.form_of_note(*who, *note),
            FormFor::DayPain(who) => self.form_of_pain(*who),
            FormFor::Run(run) => self.form_of_run(*run),
            FormFor::Tag(runs) => self.form_of_tag(runs),
            FormFor::Erase(who, _) => self.form_to_erase(*who),
            FormFor::Unlock
            | FormFor::SetPasscode(_)
            | FormFor::ChangePasscode
            | FormFor::RemovePasscode
            | FormFor::Restore(_) => passcode::form(&what_for),
        };
        self.state.overlay = Overlay::Form(form);
    }

    /// A form for a new person whose name was typed already.
    pub(super) fn lay_new_person(&mut self, waiting: Waiting, name: &str) {
        self.state.overlay = Overlay::Form(new_person(FormFor::NewPerson(waiting), name));
    }

    fn name_of(&self, who: PersonId) -> String {
        self.state.library.holding.person(who).map_or_else(|| "Me".to_owned(), |person| person.name.clone())
    }

    fn form_of_person(&self, who: PersonId) -> Form {
        let person = self.state.library.holding.person(who);
        let known =
            |of: fn(&crate::library::Person) -> &String| person.map_or("", |person| of(person).as_str());
        Form::new(FormFor::Person(who), format!("About {}", self.name_of(who)), "Save")
            .with(FieldKind::Line, "Pseudonym or initials", "P-014", known(|it| &it.name))
            .with(FieldKind::Line, "Reference number", "yours, if you have one", known(|it| &it.reference))
            .with(
                FieldKind::Lines,
                "Note",
                "what there is to know about the person as a whole",
                known(|it| &it.note),
            )
            .with(FieldKind::Colour, "Colour", "", known(|it| &it.colour))
    }

    fn form_of_dose(&self, who: PersonId) -> Form {
        let page = self.state.library.page.as_ref().filter(|page| page.person.id == who);
        let now = page.and_then(|page| page.dose_now());
        let about = match now {
            Some(dose) => format!(
                "{} min a week are agreed since {}. Earlier weeks are still measured against what was agreed for them.",
                short(dose.minutes_per_week),
                date(dose.from)
            ),
            None => "Minutes at a spine-friendly pace, and how often. Nothing is agreed yet.".to_owned(),
        };
        Form::new(FormFor::Dose(who), format!("Weekly dose of {}", self.name_of(who)), "Set the dose")
            .about(about)
            .with(
                FieldKind::Line,
                "Minutes a week",
                "60",
                now.map_or_else(String::new, |dose| short(dose.minutes_per_week)),
            )
            .with(
                FieldKind::Line,
                "Sessions a week",
                "any number",
                now.and_then(|dose| dose.sessions_per_week)
                    .map_or_else(String::new, |times| times.to_string()),
            )
            .with(FieldKind::Line, "From", "today", self.today().format(DAY).to_string())
    }

    fn form_of_plan(&self, who: PersonId) -> Form {
        let page = self.state.library.page.as_ref().filter(|page| page.person.id == who);
        let now = page.and_then(|page| page.plan_now()).map(|plan| plan.weekdays).unwrap_or_default();
        Form::new(FormFor::Plan(who), format!("Weekdays of {}", self.name_of(who)), "Set the weekdays")
            .about(
                "On which days a session is agreed: a run with at least five minutes in band. One that is done on \
                 another day of its week counts. No day at all ends the plan.",
            )
            .with(FieldKind::Weekdays, "Sessions on", "", now.to_string())
            .with(FieldKind::Line, "From", "today", self.today().format(DAY).to_string())
    }

    fn form_of_note(&self, who: PersonId, note: Option<crate::library::NoteId>) -> Form {
        let page = self.state.library.page.as_ref();
        let known = page.zip(note).and_then(|(page, note)| page.notes.iter().find(|it| it.id == note));
        let title = match known {
            Some(note) => format!("Note of {}", date(note.day)),
            None => format!("Note on {}", self.name_of(who)),
        };
        let form = Form::new(FormFor::Note(who, note), title, "Save").with(
            FieldKind::Lines,
            "Note",
            "what was said, agreed or seen",
            known.map_or("", |note| note.text.as_str()),
        );
        if note.is_some() {
            return form;
        }
        form.with(FieldKind::Line, "Day", "today", self.today().format(DAY).to_string())
    }

    fn form_of_pain(&self, who: PersonId) -> Form {
        Form::new(FormFor::DayPain(who), format!("Pain of {}", self.name_of(who)), "Save")
            .about("For a day as a whole, with or without a run. 0 is none, 10 the worst.")
            .with(FieldKind::Pain, "Pain", "", "")
            .with(FieldKind::Line, "Day", "today", self.today().format(DAY).to_string())
    }

    fn form_of_run(&self, run: RunId) -> Form {
        let known = self.state.library.holding.run(run);
        let title =
            known.map_or_else(|| format!("Run {run}"), |run| format!("{}, {}", run.name, date(run.day)));
        let pain = |pain: Option<u8>| pain.map_or_else(String::new, |level| level.to_string());
        Form::new(FormFor::Run(run), title, "Save")
            .with(FieldKind::Pain, "Pain before", "", pain(known.and_then(|run| run.pain_before)))
            .with(FieldKind::Pain, "Pain after", "", pain(known.and_then(|run| run.pain_after)))
            .with(FieldKind::Lines, "Note", "how it went", known.map_or("", |run| run.note.as_str()))
            .with(
                FieldKind::Line,
                "Tags",
                "words, with commas between them",
                known.map_or_else(String::new, |run| run.tags.join(", ")),
            )
    }

    fn form_of_tag(&self, runs: &[RunId]) -> Form {
        let known: Vec<&str> = self.state.library.holding.tags.iter().map(|(tag, _)| tag.as_str()).collect();
        let about = match known.is_empty() {
            true => "A word to find these runs by.".to_owned(),
            false => format!("A word to find these runs by. In use: {}.", known.join(", ")),
        };
        Form::new(FormFor::Tag(runs.to_vec()), format!("Tag {}", counted(runs.len(), "run")), "Add the tag")
            .about(about)
            .with(FieldKind::Line, "Tag", "hills", "")
    }

    fn form_to_erase(&self, who: PersonId) -> Form {
        let name = self.name_of(who);
        let page = self.state.library.page.as_ref();
        let holds = page.map_or_else(String::new, |page| {
            format!("{} and {}", counted(page.runs.len(), "run"), counted(page.notes.len(), "note"))
        });
        let mut form = Form::new(
            FormFor::Erase(who, name.clone()),
            format!("Delete {name} for good?"),
            "Delete for good",
        )
        .about(format!(
            "{holds}, with original files, doses and pain, are removed from the library and its own backups, down to \
             the bytes. There is no way back. You get a receipt. Files that you imported from, exports and pages \
             elsewhere stay where they are. Type {name} to confirm."
        ))
        .with(FieldKind::Line, "Type the name to confirm", "", "");
        form.is_final = true;
        form
    }

    /// Writes down what the form over the window says, or says what is wrong with it.
    pub(super) fn submit_form(&mut self) {
        let Overlay::Form(form) = self.state.overlay.clone() else { return };
        if let Err(problem) = self.write_down(&form)
            && let Overlay::Form(form) = &mut self.state.overlay
        {
            form.problem = Some(problem);
        }
    }

    fn write_down(&mut self, form: &Form) -> Result<(), String> {
        let today = self.today();
        let desk = &mut self.background.library;
        match form.what_for.clone() {
            FormFor::NewPerson(waiting) => {
                let change = person_change(form);
                if form.value(0).is_empty() {
                    return Err("A person needs a pseudonym or initials".to_owned());
                }
                self.enter_person(change, waiting);
            }
            FormFor::Person(who) => {
                let change = person_change(form);
                desk.change("The person", move |library| {
                    library.change_person(who, &change)?;
                    Ok(Done::Plainly)
                });
            }
            FormFor::Dose(who) => {
                let minutes = form.number(0)?.ok_or("How many minutes a week?")?;
                let sessions = match form.number(1)? {
                    None => None,
                    Some(times) if times.fract() == 0.0 && (1.0..=21.0).contains(&times) => Some(times as u8),
                    Some(_) => return Err("Enter 1 to 21 sessions a week".to_owned()),
                };
                let dose = Dose {
                    from: form.day(2, today)?,
                    minutes_per_week: minutes,
                    sessions_per_week: sessions,
                };
                desk.change("The dose", move |library| {
                    library.set_dose(who, dose)?;
                    Ok(Done::Plainly)
                });
            }
            FormFor::Plan(who) => {
                let weekdays = form.value(0).parse::<Weekdays>().unwrap_or_default();
                let plan = Plan { from: form.day(1, today)?, weekdays };
                desk.change("The weekdays", move |library| {
                    library.set_plan(who, plan)?;
                    Ok(Done::Plainly)
                });
            }
            FormFor::Note(who, note) => {
                let text = form.value(0).to_owned();
                if text.is_empty() {
                    return Err("Write something in the note first".to_owned());
                }
                let day = if note.is_some() { today } else { form.day(1, today)? };
                desk.change("The note", move |library| {
                    match note {
                        Some(note) => library.change_note(note, &text)?,
                        None => drop(library.add_note(who, day, &text)?),
                    }
                    Ok(Done::Plainly)
                });
            }
            FormFor::DayPain(who) => {
                let (level, day) = (form.pain(0), form.day(1, today)?);
                desk.change("The pain", move |library| {
                    library.pain_of_day(who, day, level)?;
                    Ok(Done::Plainly)
                });
            }
            FormFor::Run(run) => self.write_down_run(form, run),
            FormFor::Unlock
            | FormFor::SetPasscode(_)
            | FormFor::ChangePasscode
            | FormFor::RemovePasscode
            | FormFor::Restore(_) => self.write_down_passcode(form)?,
            FormFor::Tag(runs) => {
                let tag = form.value(0).to_owned();
                desk.change("The tag", move |library| {
                    library.tag(&runs, &tag)?;
                    Ok(Done::Plainly)
                });
            }
            FormFor::Erase(who, name) => {
                if !form.value(0).eq_ignore_ascii_case(name.trim()) {
                    return Err(format!("Type {name} to confirm; nothing was deleted"));
                }
                desk.change("The person", move |library| {
                    Ok(Done::Erased(Box::new(library.erase_person(who)?)))
                });
            }
        }
        Ok(())
    }

    fn write_down_run(&mut self, form: &Form, run: RunId) {
        let (before, after) = (form.pain(0), form.pain(1));
        let (note, tags) = (form.value(2).to_owned(), form.value(3).to_owned());
        self.background.library.change("The run", move |library| {
            let known = library.run(run)?;
            if (before, after) != (known.pain_before, known.pain_after) {
                library.pain_of_run(run, before, after)?;
            }
            if note != known.note {
                library.note_run(run, &note)?;
            }
            let wanted: Vec<&str> = tags.split(',').map(str::trim).filter(|tag| !tag.is_empty()).collect();
            for tag in known.tags.iter().filter(|tag| !wanted.contains(&tag.as_str())) {
                library.untag(&[run], tag)?;
            }
            for tag in wanted.into_iter().filter(|tag| !known.tags.iter().any(|it| it == tag)) {
                library.tag(&[run], tag)?;
            }
            Ok(Done::Plainly)
        });
    }

    fn enter_person(&mut self, change: PersonChange, waiting: Waiting) {
        let sources = match &waiting {
            Waiting::Keep(labels) => labels.clone(),
            Waiting::Nothing | Waiting::Found | Waiting::Move(_) => Vec::new(),
        };
        self.state.library.found_waits = waiting == Waiting::Found;
        self.state.library.waiting_to_keep = sources;
        self.background.library.change("The person", move |library| {
            let who = library.add_person(&change)?;
            if let Waiting::Move(runs) = &waiting {
                library.move_runs(runs, who)?;
            }
            Ok(Done::Person(who))
        });
    }
}

fn new_person(what_for: FormFor, name: &str) -> Form {
    Form::new(what_for, "New person", "Enter")
        .about("A pseudonym or initials are enough; they are kept on this computer only.")
        .with(FieldKind::Line, "Pseudonym or initials", "P-014", name)
        .with(FieldKind::Line, "Reference number", "yours, if you have one", "")
        .with(FieldKind::Colour, "Colour", "", "")
}

fn person_change(form: &Form) -> PersonChange {
    let text = |place: usize| form.fields.get(place).map(|field| field.value.trim().to_owned());
    let note = form.fields.iter().position(|field| field.kind == FieldKind::Lines).and_then(text);
    let colour = form.fields.iter().position(|field| field.kind == FieldKind::Colour).and_then(text);
    PersonChange { name: text(0), reference: text(1), colour, note }
}
