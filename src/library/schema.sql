-- The library's first format. Times are microseconds since 1970, UTC; days are local, as YYYY-MM-DD.
-- `seal` is a check sum of the row's other columns, kept by triggers (schema.rs).

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Numbers may come again after a backup was restored; this never does.
    uid       TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    kind      TEXT NOT NULL CHECK (kind IN ('me', 'person')),
    name      TEXT NOT NULL CHECK (name <> ''),
    reference TEXT NOT NULL DEFAULT '',
    colour    TEXT NOT NULL DEFAULT '',
    note      TEXT NOT NULL DEFAULT '',
    made_us   INTEGER NOT NULL,
    visit_us  INTEGER,
    binned_us INTEGER,
    seal      INTEGER
) STRICT;
CREATE UNIQUE INDEX person_name ON person (lower(name)) WHERE binned_us IS NULL;

CREATE TABLE batch (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person,
    begun_us  INTEGER NOT NULL,
    ended_us  INTEGER,
    cancelled INTEGER NOT NULL DEFAULT 0,
    undone_us INTEGER,
    seal      INTEGER
) STRICT;

CREATE TABLE run (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id        INTEGER NOT NULL REFERENCES person,
    batch_id         INTEGER REFERENCES batch,
    sha256           BLOB NOT NULL UNIQUE,
    file_name        TEXT NOT NULL,
    name             TEXT NOT NULL,
    activity         TEXT,
    start_us         INTEGER NOT NULL,
    utc_offset_s     INTEGER NOT NULL,
    day              TEXT NOT NULL,
    fingerprint      TEXT NOT NULL,
    edits            TEXT,
    note             TEXT NOT NULL DEFAULT '',
    pain_before      INTEGER CHECK (pain_before BETWEEN 0 AND 10),
    pain_after       INTEGER CHECK (pain_after BETWEEN 0 AND 10),
    same_as          INTEGER REFERENCES run ON DELETE SET NULL,
    kept_us          INTEGER NOT NULL,
    binned_us        INTEGER,
    -- The derived numbers, SI units, and what they were derived with.
    method_version   INTEGER NOT NULL,
    upper_mps        REAL NOT NULL,
    brisk_from_mps   REAL NOT NULL,
    points           INTEGER NOT NULL,
    elapsed_s        REAL NOT NULL,
    standing_s       REAL NOT NULL,
    in_band_s        REAL NOT NULL,
    in_band_low_s    REAL,
    in_band_high_s   REAL,
    brisk_s          REAL NOT NULL,
    faster_s         REAL NOT NULL,
    paused_s         REAL NOT NULL,
    interpolated_s   REAL NOT NULL,
    distance_m       REAL NOT NULL,
    position_error_m REAL,
    device_in_band_s REAL,
    heart_rate_bpm   REAL,
    warnings         TEXT NOT NULL,
    seal             INTEGER
) STRICT;
CREATE INDEX run_person ON run (person_id, day);
CREATE INDEX run_start ON run (start_us);
CREATE INDEX run_batch ON run (batch_id);
CREATE INDEX run_same ON run (same_as) WHERE same_as IS NOT NULL;

-- Apart from the run, so that lists need not step over it. Its hash is the run's.
CREATE TABLE original (
    run_id   INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE,
    size     INTEGER NOT NULL,
    deflated INTEGER NOT NULL,
    bytes    BLOB NOT NULL
) STRICT;

CREATE TABLE batch_file (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id INTEGER NOT NULL REFERENCES batch ON DELETE CASCADE,
    label    TEXT NOT NULL,
    fate     TEXT NOT NULL CHECK (fate IN ('added', 'duplicate', 'refused')),
    run_id   INTEGER REFERENCES run ON DELETE SET NULL,
    why      TEXT,
    seal     INTEGER
) STRICT;
CREATE INDEX batch_file_batch ON batch_file (batch_id);
CREATE INDEX batch_file_run ON batch_file (run_id);

CREATE TABLE tag (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    tag    TEXT NOT NULL CHECK (tag <> ''),
    seal   INTEGER,
    UNIQUE (run_id, tag)
) STRICT;
CREATE INDEX tag_tag ON tag (tag);

CREATE TABLE note (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    day       TEXT NOT NULL,
    text      TEXT NOT NULL,
    made_us   INTEGER NOT NULL,
    binned_us INTEGER,
    seal      INTEGER
) STRICT;
CREATE INDEX note_person ON note (person_id, day);

CREATE TABLE pain (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    day       TEXT NOT NULL,
    level     INTEGER NOT NULL CHECK (level BETWEEN 0 AND 10),
    seal      INTEGER,
    UNIQUE (person_id, day)
) STRICT;

CREATE TABLE dose (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id         INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    from_day          TEXT NOT NULL,
    minutes_per_week  REAL NOT NULL CHECK (minutes_per_week >= 0),
    sessions_per_week INTEGER CHECK (sessions_per_week BETWEEN 1 AND 21),
    made_us           INTEGER NOT NULL,
    seal              INTEGER,
    UNIQUE (person_id, from_day)
) STRICT;

-- What was done, without a word that tells a person: numbers of rows only. Never changed, never shortened.
CREATE TABLE record (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at_us  INTEGER NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    count  INTEGER NOT NULL,
    seal   INTEGER
) STRICT;
CREATE TRIGGER record_stays BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
CREATE TRIGGER record_stands BEFORE UPDATE OF id, at_us, action, object, count ON record
BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
