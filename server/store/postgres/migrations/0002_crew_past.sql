-- Where a crew was before it was moved: in unit until before to_q.
create table crew_past (
  id bigint primary key,
  crew text not null,
  unit text not null,
  to_q bigint not null,
  to_by text
);
create index crew_past_crew on crew_past (crew);
