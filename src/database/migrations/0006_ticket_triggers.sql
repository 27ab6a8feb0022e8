-- Tags are part of a workspace's configuration: what is read of them is out of date once they change.
CREATE TRIGGER "count_insert" AFTER INSERT ON "tags" REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "count_revision"();
--> statement-breakpoint
CREATE TRIGGER "count_update" AFTER UPDATE ON "tags" REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "count_revision"();
--> statement-breakpoint
CREATE TRIGGER "count_delete" AFTER DELETE ON "tags" REFERENCING OLD TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "count_revision"();
--> statement-breakpoint
-- Appends how many tickets of each kind a statement added or took away. Nothing is updated, so writers never wait for
-- each other here.
CREATE FUNCTION "count_tickets"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "ticket_counts"
    SELECT "workspace_id", "ticket_type_id", "state", "open", "admin_assignee_id", "team_assignee_id", count(*)
    FROM "added" GROUP BY 1, 2, 3, 4, 5, 6;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO "ticket_counts"
    SELECT "workspace_id", "ticket_type_id", "state", "open", "admin_assignee_id", "team_assignee_id", -count(*)
    FROM "removed" GROUP BY 1, 2, 3, 4, 5, 6;
  ELSE
    INSERT INTO "ticket_counts"
    SELECT "workspace_id", "ticket_type_id", "state", "open", "admin_assignee_id", "team_assignee_id", sum("number")
    FROM (
      SELECT "workspace_id", "ticket_type_id", "state", "open", "admin_assignee_id", "team_assignee_id", 1 AS "number" FROM "added"
      UNION ALL
      SELECT "workspace_id", "ticket_type_id", "state", "open", "admin_assignee_id", "team_assignee_id", -1 FROM "removed"
    ) AS "differences"
    GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum("number") <> 0;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "count_inserted" AFTER INSERT ON "tickets" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "count_tickets"();
--> statement-breakpoint
CREATE TRIGGER "count_updated" AFTER UPDATE ON "tickets" REFERENCING OLD TABLE AS "removed" NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "count_tickets"();
--> statement-breakpoint
CREATE TRIGGER "count_deleted" AFTER DELETE ON "tickets" REFERENCING OLD TABLE AS "removed" FOR EACH STATEMENT EXECUTE FUNCTION "count_tickets"();
--> statement-breakpoint
-- Tells every process which tickets have changed, once the change holds. A message has room for some ids; of more it
-- says that any may have changed.
CREATE FUNCTION "tell_changed_tickets"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids jsonb;
BEGIN
  IF (SELECT count(*) FROM (SELECT 1 FROM "changed" LIMIT 101) AS "some") > 100 THEN
    ids := 'null';
  ELSE
    ids := (SELECT jsonb_agg("id"::text) FROM "changed");
    IF ids IS NULL THEN RETURN NULL; END IF;
  END IF;
  PERFORM pg_notify('deskbell', jsonb_build_object('type', 'tickets', 'ids', ids)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "tell_inserted" AFTER INSERT ON "tickets" REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "tell_changed_tickets"();
--> statement-breakpoint
CREATE TRIGGER "tell_updated" AFTER UPDATE ON "tickets" REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "tell_changed_tickets"();
