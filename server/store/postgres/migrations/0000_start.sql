-- The tables of server/store/schema.ts. Texts that are JSON there are texts here: what was hashed is kept byte for byte.
create table head (
  id integer primary key,
  q bigint not null,
  chain text not null,
  epoch text not null,
  safe bigint,
  rcv bigint not null,
  process text not null,
  gather_until bigint
);
create table history (
  id bigint primary key,
  epoch text not null,
  q bigint not null,
  chain text not null
);
create table receipt (
  id bigint primary key,
  device text not null,
  received bigint not null,
  reading text not null,
  chain text
);
create table event (
  q bigint primary key,
  writer text not null,
  n bigint not null,
  subject text not null,
  kind text not null,
  v integer not null,
  by text,
  body text not null,
  hash text not null,
  chain text not null,
  rcv bigint not null,
  lo bigint not null,
  hi bigint not null,
  est bigint not null,
  e double precision not null,
  grade text not null,
  given text,
  why text,
  receipt bigint references receipt (id)
);
create unique index event_id on event (writer, n);
create index event_subject on event (subject, q);
create table quarantine (
  id bigint primary key,
  device text not null,
  writer text,
  n bigint not null,
  code text not null,
  raw text not null,
  raw_hash text not null,
  rcv bigint not null,
  released_q bigint,
  hash text,
  subject text,
  receipt bigint references receipt (id),
  lay_epoch text,
  lay_q bigint
);
create unique index quarantine_raw on quarantine (device, raw_hash);
create index quarantine_writer on quarantine (writer, n);
create index quarantine_subject on quarantine (subject);
create index quarantine_hash on quarantine (hash);
create table writer (
  writer text primary key,
  device text not null,
  last_n bigint not null,
  through bigint not null,
  forked_n bigint
);
create index writer_device on writer (device);
create table contact (
  writer text primary key,
  heard bigint not null
);
create table position (
  device text primary key,
  lat double precision not null,
  lon double precision not null,
  acc double precision,
  at bigint not null
);
create table order_row (
  "order" text collate "C" primary key,
  state text not null,
  stage text not null,
  unit text,
  crew text,
  area text,
  reported_at bigint,
  archived boolean not null,
  history boolean not null,
  source_system text,
  source_key text,
  search text not null,
  last_q bigint not null,
  broken text
);
create unique index order_source on order_row (source_system, source_key);
create index order_reported on order_row (reported_at, "order");
create index order_unit on order_row (unit, reported_at, "order");
create table scope (
  id bigint primary key,
  subject text not null,
  holder text not null,
  from_q bigint not null,
  to_q bigint,
  changed_q bigint not null,
  archived_q bigint,
  why text,
  to_crew text,
  by text,
  reason text
);
create index scope_changed on scope (holder, archived_q, changed_q);
create index scope_ended on scope (holder, archived_q, to_q);
create index scope_subject on scope (subject);
create table device_crew (
  id bigint primary key,
  device text not null,
  crew text not null,
  from_q bigint not null,
  from_at bigint not null,
  to_q bigint,
  to_by text
);
create index device_crew_device on device_crew (device);
create index device_crew_crew on device_crew (crew);
create table unit (
  id text primary key,
  name text not null,
  level text not null,
  parent text,
  q bigint not null
);
create index unit_parent on unit (parent);
create table pack (
  id text primary key,
  from_at bigint not null,
  pack text not null,
  q bigint not null
);
create table crew (
  id text primary key,
  name text not null,
  unit text not null,
  q bigint not null
);
create index crew_unit on crew (unit);
create table person (
  id text primary key,
  name text not null,
  unit text not null,
  role text not null,
  q bigint not null
);
create table device (
  id text primary key,
  form text not null,
  unit text,
  person text,
  enrolled_at bigint not null,
  blocked boolean not null,
  lost boolean not null default false,
  q bigint not null
);
create table due (
  "order" text primary key,
  at bigint,
  waits bigint
);
create index due_at on due (at);
create index due_waits on due (waits);
create table raised (
  "order" text not null,
  rule text not null,
  level text not null,
  epoch integer not null,
  alert text not null,
  primary key ("order", rule, level, epoch)
);
create table login (
  person text primary key,
  name text not null unique,
  password text not null
);
create table session (
  token_hash text primary key,
  device text not null,
  person text not null,
  form text not null,
  made_at bigint not null,
  used_at bigint not null,
  ended_at bigint
);
create index session_by_device on session (device);
create table enrol_code (
  code_hash text primary key,
  crew text not null,
  person text not null,
  ends_at bigint not null,
  used_at bigint
);
create table tracker (
  id text primary key,
  key_hash text not null,
  crew text not null,
  made_at bigint not null,
  lat double precision,
  lon double precision,
  acc double precision,
  at bigint,
  rcv bigint
);
create index tracker_crew on tracker (crew);
create index tracker_key on tracker (key_hash);
create table equipment (
  id bigint generated by default as identity primary key,
  source text not null,
  feeder text not null,
  lat double precision not null,
  lon double precision not null
);
create index equipment_place on equipment (lat, lon);
create index equipment_source on equipment (source);
-- How the rows above were folded (FOLD of refold-orders.ts).
create table fold (version integer not null);
insert into fold values (1);
