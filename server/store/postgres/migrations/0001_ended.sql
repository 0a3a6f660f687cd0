-- Few: an order that has ended is archived some days later.
create index order_ended on order_row (((state::jsonb #>> '{closed,at}')::double precision), "order")
  where stage = 'closed' and not archived;
