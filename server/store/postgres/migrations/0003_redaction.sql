create table redaction (
  hash text primary key,
  event text not null,
  subject text not null,
  leaves text not null,
  reason text not null,
  by text,
  at bigint,
  q bigint
);
create index redaction_q on redaction (q);
