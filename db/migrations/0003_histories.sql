-- Not breaking: new tables, new columns with defaults. As generated from db/schema/; everything below "By hand" was written by a person.
CREATE TABLE "bundles" (
	"workspace_id" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"size" integer NOT NULL,
	"sdk_version" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bundles_pkey" PRIMARY KEY("workspace_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "histories" (
	"workspace_id" text NOT NULL,
	"dream_id" text NOT NULL,
	"run_id" text NOT NULL,
	"status" text NOT NULL,
	"events" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"size" integer NOT NULL,
	"sha256" text NOT NULL,
	"bundle_sha256" text,
	"sdk_version" text,
	"started_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	"redacted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "histories_pkey" PRIMARY KEY("workspace_id","dream_id","run_id"),
	CONSTRAINT "a_history_status_is_known" CHECK ("histories"."status" in ('completed', 'failed', 'canceled', 'terminated', 'timed_out', 'continued_as_new'))
);
--> statement-breakpoint
ALTER TABLE "dreams" ADD COLUMN "terminated_run_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "dreams" ADD COLUMN "history_state" text DEFAULT 'due' NOT NULL;--> statement-breakpoint
ALTER TABLE "bundles" ADD CONSTRAINT "a_bundle_belongs_to_a_workspace" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "histories" ADD CONSTRAINT "a_history_belongs_to_a_dream" FOREIGN KEY ("workspace_id","dream_id") REFERENCES "public"."dreams"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "histories" ADD CONSTRAINT "a_history_was_made_by_a_bundle" FOREIGN KEY ("workspace_id","bundle_sha256") REFERENCES "public"."bundles"("workspace_id","sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "histories_of_a_bundle" ON "histories" USING btree ("workspace_id","bundle_sha256");--> statement-breakpoint
CREATE INDEX "dreams_whose_history_is_due" ON "dreams" USING btree ("ended_at") WHERE "dreams"."history_state" = 'due' and "dreams"."ended_at" is not null;--> statement-breakpoint
ALTER TABLE "dreams" ADD CONSTRAINT "a_history_state_is_known" CHECK ("dreams"."history_state" in ('due', 'archived', 'missing'));--> statement-breakpoint
-- By hand: row-level security of the new tables; an erasure may take words out of a history.
ALTER TABLE "bundles" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "bundles" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "bundles_of_the_workspace" ON "bundles" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT ON "bundles" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "histories" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "histories" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "histories_of_the_workspace" ON "histories" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT ON "histories" TO open_dreams_app;--> statement-breakpoint
GRANT UPDATE ("bytes", "size", "sha256", "redacted_at") ON "histories" TO open_dreams_app;--> statement-breakpoint
-- By hand: sweep and archiver look over all workspaces. They see ids, states and times of dreams and nothing else.
CREATE POLICY "dreams_under_way_for_the_sweep" ON "dreams" FOR SELECT TO open_dreams_definer USING ("status" in ('pending', 'running') or "outcome" = 'terminated' or "stage" <> 'closeDream');--> statement-breakpoint
CREATE POLICY "ended_dreams_for_the_archiver" ON "dreams" FOR SELECT TO open_dreams_definer USING ("history_state" = 'due' and "ended_at" is not null);--> statement-breakpoint
GRANT SELECT ("workflow_id", "outcome", "stage", "ended_at", "history_state") ON "dreams" TO open_dreams_definer;--> statement-breakpoint
-- What a sweep compares with the runs, oldest first: open dreams; those that were ended by their row and that no step has closed (a cancel
-- whose signal got lost, a run terminated after its commit); of the last 30 days also those that ended from outside (a reset brings such a run
-- back, for as long as a server usually keeps it). Pending ones are asked for apart: dreams may wait for a review by the thousand, and one
-- that waits for its start must not wait for those. "key" is where a row stands in the order; the next page is behind "after_key".
CREATE FUNCTION dreams_under_way(is_pending boolean, older_than_seconds integer, after_key text, at_most integer)
  RETURNS TABLE ("workspace_id" text, "id" text, "workflow_id" text, "key" text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.workspace_id, d.id, d.workflow_id, k.key FROM dreams d
  CROSS JOIN LATERAL (SELECT (to_char(d.created_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') || ' ' || d.workspace_id || ' ' || d.id) COLLATE "C" AS key) k
  WHERE (d.status = 'pending') = is_pending
    AND ((d.status in ('pending', 'running') AND d.created_at < now() - make_interval(secs => older_than_seconds))
      OR (d.outcome = 'terminated' AND d.ended_at > now() - interval '30 days')
      OR (d.outcome <> 'terminated' AND d.stage <> 'closeDream' AND d.ended_at < now() - make_interval(secs => older_than_seconds)))
    AND (after_key IS NULL OR k.key > after_key COLLATE "C")
  ORDER BY k.key LIMIT at_most
$$;--> statement-breakpoint
-- Newest first; the next page is behind "after_key".
CREATE FUNCTION dreams_whose_history_is_due(after_key text, at_most integer)
  RETURNS TABLE ("workspace_id" text, "id" text, "workflow_id" text, "ended_at" timestamptz, "key" text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.workspace_id, d.id, d.workflow_id, d.ended_at, k.key FROM dreams d
  CROSS JOIN LATERAL (SELECT (to_char(d.ended_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') || ' ' || d.workspace_id || ' ' || d.id) COLLATE "C" AS key) k
  WHERE d.history_state = 'due' AND d.ended_at IS NOT NULL AND (after_key IS NULL OR k.key < after_key COLLATE "C")
  ORDER BY k.key DESC LIMIT at_most
$$;--> statement-breakpoint
CREATE FUNCTION workspaces_with_open_dreams()
  RETURNS TABLE ("workspace_id" text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT d.workspace_id FROM dreams d WHERE d.status in ('pending', 'running')
$$;--> statement-breakpoint
GRANT open_dreams_definer TO CURRENT_USER;--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO open_dreams_definer;--> statement-breakpoint
ALTER FUNCTION dreams_under_way(boolean, integer, text, integer) OWNER TO open_dreams_definer;--> statement-breakpoint
ALTER FUNCTION dreams_whose_history_is_due(text, integer) OWNER TO open_dreams_definer;--> statement-breakpoint
ALTER FUNCTION workspaces_with_open_dreams() OWNER TO open_dreams_definer;--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM open_dreams_definer;--> statement-breakpoint
REVOKE ALL ON FUNCTION dreams_under_way(boolean, integer, text, integer) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION dreams_under_way(boolean, integer, text, integer) TO open_dreams_app;--> statement-breakpoint
REVOKE ALL ON FUNCTION dreams_whose_history_is_due(text, integer) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION dreams_whose_history_is_due(text, integer) TO open_dreams_app;--> statement-breakpoint
REVOKE ALL ON FUNCTION workspaces_with_open_dreams() FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION workspaces_with_open_dreams() TO open_dreams_app;--> statement-breakpoint
COMMENT ON SCHEMA public IS 'open-dreams 0003_histories';
