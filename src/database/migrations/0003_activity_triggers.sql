-- What is in the log stays as it was written, whoever asks.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the activity log is append-only';
END $$;
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "activity" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
-- Nobody is signed in without an entry that says so: whoever opens the session, both are one transaction.
CREATE FUNCTION "log_sign_in"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "people" SET "last_seen_at" = NEW."created_at" WHERE "id" = NEW."person_id";
  INSERT INTO "activity" ("at", "person_id", "person_name", "address", "operation", "object", "object_name", "request_id", "status", "changes")
  SELECT floor(extract(epoch FROM now()))::bigint, "id", "name", nullif(NEW."address", ''), NEW."operation", '/people/' || "id", "name", NEW."request_id", 200, '[]'
  FROM "people" WHERE "id" = NEW."person_id";
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "log_sign_in" AFTER INSERT ON "sessions" FOR EACH ROW WHEN (NEW."operation" IS NOT NULL) EXECUTE FUNCTION "log_sign_in"();
