-- A workspace's revision grows with every change to its configuration, whoever makes it, so that an answer read at a
-- revision is known to be out of date. One function serves every table that has a workspace_id.
CREATE FUNCTION "count_revision"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "workspaces" SET "revision" = "revision" + 1
  WHERE "id" IN (SELECT DISTINCT "workspace_id" FROM "changed");
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE
  configuration text;
BEGIN
  FOREACH configuration IN ARRAY ARRAY['admins', 'teams', 'team_members', 'ticket_types', 'ticket_type_attributes'] LOOP
    EXECUTE format('CREATE TRIGGER "count_insert" AFTER INSERT ON %I REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "count_revision"()', configuration);
    EXECUTE format('CREATE TRIGGER "count_update" AFTER UPDATE ON %I REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "count_revision"()', configuration);
    EXECUTE format('CREATE TRIGGER "count_delete" AFTER DELETE ON %I REFERENCING OLD TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "count_revision"()', configuration);
  END LOOP;
END $$;
