-- Not breaking (first migration). Tables as generated from db/schema/; everything below "By hand" was written by a person.
CREATE TABLE "workspaces" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "a_workspace_has_an_id" CHECK ("workspaces"."id" <> '')
);
--> statement-breakpoint
CREATE TABLE "contents" (
	"workspace_id" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"size" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contents_pkey" PRIMARY KEY("workspace_id","sha256"),
	CONSTRAINT "a_content_is_named_by_its_hash" CHECK ("contents"."sha256" = encode(sha256("contents"."bytes"), 'hex')),
	CONSTRAINT "a_content_knows_its_size" CHECK ("contents"."size" = octet_length("contents"."bytes"))
);
--> statement-breakpoint
CREATE TABLE "memories" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"store_id" text NOT NULL,
	"path" text NOT NULL,
	"version_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memories_pkey" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "a_path_is_held_once_in_a_store" UNIQUE("workspace_id","store_id","path"),
	CONSTRAINT "a_path_begins_with_a_slash" CHECK ("memories"."path" like '/%' and octet_length("memories"."path") <= 1024)
);
--> statement-breakpoint
CREATE TABLE "memory_stores" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"metadata" json DEFAULT '{}'::json NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "memory_stores_pkey" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "a_store_has_a_name_of_at_most_255_characters" CHECK (char_length("memory_stores"."name") between 1 and 255),
	CONSTRAINT "a_revision_only_counts_up" CHECK ("memory_stores"."revision" >= 0)
);
--> statement-breakpoint
CREATE TABLE "memory_versions" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"store_id" text NOT NULL,
	"memory_id" text NOT NULL,
	"operation" text NOT NULL,
	"path" text NOT NULL,
	"sha256" text,
	"size" integer,
	"created_by" json,
	"copied_from" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memory_versions_pkey" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "a_version_has_content_unless_it_is_a_deletion" CHECK (("memory_versions"."operation" = 'deleted') = ("memory_versions"."sha256" is null) and ("memory_versions"."sha256" is null) = ("memory_versions"."size" is null)),
	CONSTRAINT "a_version_is_created_modified_or_deleted" CHECK ("memory_versions"."operation" in ('created', 'modified', 'deleted'))
);
--> statement-breakpoint
CREATE TABLE "session_events" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"session_id" text NOT NULL,
	"number" integer NOT NULL,
	"type" text NOT NULL,
	"processed_at" timestamp with time zone,
	"payload" json NOT NULL,
	"sha256" text NOT NULL,
	"source_event_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_events_pkey" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "an_event_has_its_own_number_in_its_session" UNIQUE("workspace_id","session_id","number"),
	CONSTRAINT "an_event_is_named_within_its_session" UNIQUE("workspace_id","session_id","id"),
	CONSTRAINT "event_numbers_start_at_one" CHECK ("session_events"."number" >= 1)
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"source_kind" text NOT NULL,
	"source_id" text NOT NULL,
	"first_event_sha256" text NOT NULL,
	"title" text,
	"status" text DEFAULT 'idle' NOT NULL,
	"metadata" json DEFAULT '{}'::json NOT NULL,
	"last_event_number" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "sessions_pkey" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "a_session_is_imported_once" UNIQUE("workspace_id","source_kind","source_id","first_event_sha256"),
	CONSTRAINT "a_session_status_is_known" CHECK ("sessions"."status" in ('idle', 'running', 'rescheduling', 'terminated'))
);
--> statement-breakpoint
CREATE TABLE "dream_memories" (
	"workspace_id" text NOT NULL,
	"dream_id" text NOT NULL,
	"memory_id" text NOT NULL,
	"version_id" text NOT NULL,
	"path" text NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "dream_memories_pkey" PRIMARY KEY("workspace_id","dream_id","memory_id")
);
--> statement-breakpoint
CREATE TABLE "dream_sessions" (
	"workspace_id" text NOT NULL,
	"dream_id" text NOT NULL,
	"session_id" text NOT NULL,
	"last_event_number" integer,
	CONSTRAINT "dream_sessions_pkey" PRIMARY KEY("workspace_id","dream_id","session_id")
);
--> statement-breakpoint
CREATE TABLE "dreams" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"workflow_id" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"outcome" text,
	"stage" text DEFAULT 'pending' NOT NULL,
	"trigger" text NOT NULL,
	"input_store_id" text NOT NULL,
	"output_store_id" text,
	"base_revision" integer,
	"model" text NOT NULL,
	"instructions" text,
	"options" json NOT NULL,
	"session_id" text,
	"draft_id" text,
	"coverage" json,
	"usage" json NOT NULL,
	"error" json,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"archived_at" timestamp with time zone,
	CONSTRAINT "dreams_pkey" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "a_workflow_runs_one_dream" UNIQUE("workspace_id","workflow_id"),
	CONSTRAINT "an_ended_dream_has_a_final_status_and_an_outcome" CHECK (("dreams"."status" in ('completed', 'failed', 'canceled')) = ("dreams"."ended_at" is not null and "dreams"."outcome" is not null)),
	CONSTRAINT "only_a_failed_dream_has_an_error" CHECK (("dreams"."status" = 'failed') = ("dreams"."error" is not null)),
	CONSTRAINT "a_dream_status_is_known" CHECK ("dreams"."status" in ('pending', 'running', 'completed', 'failed', 'canceled')),
	CONSTRAINT "a_dream_outcome_is_known" CHECK ("dreams"."outcome" in ('committed', 'rejected', 'expired', 'skipped', 'over_budget', 'canceled', 'failed', 'terminated')),
	CONSTRAINT "instructions_have_1_to_4096_characters" CHECK (char_length("dreams"."instructions") between 1 and 4096)
);
--> statement-breakpoint
CREATE TABLE "dream_windows" (
	"workspace_id" text NOT NULL,
	"dream_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"session_id" text NOT NULL,
	"first_number" integer NOT NULL,
	"last_number" integer NOT NULL,
	"part" json,
	"sha256" text NOT NULL,
	"characters" integer NOT NULL,
	"pack" integer NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"facts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "dream_windows_pkey" PRIMARY KEY("workspace_id","dream_id","ordinal"),
	CONSTRAINT "a_window_state_is_known" CHECK ("dream_windows"."state" in ('planned', 'read', 'no_signal', 'failed')),
	CONSTRAINT "a_window_covers_events" CHECK ("dream_windows"."first_number" between 1 and "dream_windows"."last_number")
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"dream_id" text NOT NULL,
	"window_ordinal" integer NOT NULL,
	"ordinal" integer NOT NULL,
	"session_id" text NOT NULL,
	"body" json NOT NULL,
	CONSTRAINT "facts_pkey" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"workspace_id" text NOT NULL,
	"dream_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"pack" integer NOT NULL,
	"claim_ids" text[] NOT NULL,
	"fact_ids" text[] NOT NULL,
	CONSTRAINT "groups_pkey" PRIMARY KEY("workspace_id","dream_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "input_claims" (
	"workspace_id" text NOT NULL,
	"dream_id" text NOT NULL,
	"id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"body" json NOT NULL,
	CONSTRAINT "input_claims_pkey" PRIMARY KEY("workspace_id","dream_id","id")
);
--> statement-breakpoint
CREATE TABLE "model_calls" (
	"workspace_id" text NOT NULL,
	"request_sha256" text NOT NULL,
	"dream_id" text NOT NULL,
	"step" text NOT NULL,
	"engine" text NOT NULL,
	"engine_version" text NOT NULL,
	"model" text NOT NULL,
	"response" json NOT NULL,
	"usage" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "model_calls_pkey" PRIMARY KEY("workspace_id","request_sha256")
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"workspace_id" text NOT NULL,
	"dream_id" text NOT NULL,
	"step" text NOT NULL,
	"pack" integer NOT NULL,
	"ordinal" integer NOT NULL,
	"body" json NOT NULL,
	CONSTRAINT "proposals_pkey" PRIMARY KEY("workspace_id","dream_id","step","pack","ordinal")
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"workspace_id" text NOT NULL,
	"draft_id" text NOT NULL,
	"id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"kind" text NOT NULL,
	"path" text NOT NULL,
	"body" json NOT NULL,
	CONSTRAINT "changes_pkey" PRIMARY KEY("workspace_id","draft_id","id"),
	CONSTRAINT "a_change_kind_is_known" CHECK ("changes"."kind" in ('add', 'merge', 'supersede', 'retire', 'move', 'rewrite', 'pattern', 'open_conflict'))
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"draft_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"path" text NOT NULL,
	"start" integer NOT NULL,
	"end" integer NOT NULL,
	"change_id" text,
	"memory_version_id" text,
	CONSTRAINT "claims_pkey" PRIMARY KEY("workspace_id","draft_id","id"),
	CONSTRAINT "a_claim_is_a_range" CHECK ("claims"."start" between 0 and "claims"."end")
);
--> statement-breakpoint
CREATE TABLE "draft_files" (
	"workspace_id" text NOT NULL,
	"draft_id" text NOT NULL,
	"path" text NOT NULL,
	"sha256" text NOT NULL,
	"memory_id" text,
	CONSTRAINT "draft_files_pkey" PRIMARY KEY("workspace_id","draft_id","path")
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"dream_id" text NOT NULL,
	"round" integer NOT NULL,
	"digest" text NOT NULL,
	"deleted" text[] NOT NULL,
	"report" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "drafts_pkey" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "a_dream_has_one_draft_a_round" UNIQUE("workspace_id","dream_id","round"),
	CONSTRAINT "a_digest_is_a_sha256" CHECK ("drafts"."digest" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"workspace_id" text NOT NULL,
	"draft_id" text NOT NULL,
	"claim_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"origin" text NOT NULL,
	"at" timestamp with time zone,
	"session_id" text,
	"event_id" text,
	"block" integer,
	"memory_version_id" text,
	"start" integer NOT NULL,
	"end" integer NOT NULL,
	CONSTRAINT "evidence_pkey" PRIMARY KEY("workspace_id","draft_id","claim_id","ordinal"),
	CONSTRAINT "evidence_is_an_event_or_a_memory" CHECK (("evidence"."event_id" is not null and "evidence"."session_id" is not null and "evidence"."block" is not null) <> ("evidence"."memory_version_id" is not null)),
	CONSTRAINT "an_origin_is_known" CHECK ("evidence"."origin" in ('user', 'agent', 'tool', 'memory', 'operator'))
);
--> statement-breakpoint
CREATE TABLE "operation_memories" (
	"workspace_id" text NOT NULL,
	"operation_id" text NOT NULL,
	"memory_id" text NOT NULL,
	"path" text NOT NULL,
	"before_version_id" text,
	"after_version_id" text,
	CONSTRAINT "operation_memories_pkey" PRIMARY KEY("workspace_id","operation_id","memory_id"),
	CONSTRAINT "an_operation_step_has_a_predecessor_or_a_successor" CHECK ("operation_memories"."before_version_id" is not null or "operation_memories"."after_version_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"store_id" text NOT NULL,
	"parent_id" text,
	"kind" text NOT NULL,
	"by" text NOT NULL,
	"dream_id" text,
	"draft_id" text,
	"counts" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "operations_pkey" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "a_dream_commits_once" UNIQUE("workspace_id","dream_id"),
	CONSTRAINT "a_dream_operation_names_dream_and_draft" CHECK (("operations"."kind" = 'dream') = ("operations"."dream_id" is not null and "operations"."draft_id" is not null))
);
--> statement-breakpoint
ALTER TABLE "contents" ADD CONSTRAINT "a_content_belongs_to_a_workspace" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memories" ADD CONSTRAINT "a_memory_belongs_to_a_store" FOREIGN KEY ("workspace_id","store_id") REFERENCES "public"."memory_stores"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memories" ADD CONSTRAINT "a_memory_has_a_head_version" FOREIGN KEY ("workspace_id","version_id") REFERENCES "public"."memory_versions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memory_stores" ADD CONSTRAINT "a_store_belongs_to_a_workspace" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memory_versions" ADD CONSTRAINT "a_version_belongs_to_a_store" FOREIGN KEY ("workspace_id","store_id") REFERENCES "public"."memory_stores"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memory_versions" ADD CONSTRAINT "a_version_has_its_content" FOREIGN KEY ("workspace_id","sha256") REFERENCES "public"."contents"("workspace_id","sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_events" ADD CONSTRAINT "an_event_belongs_to_a_session" FOREIGN KEY ("workspace_id","session_id") REFERENCES "public"."sessions"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "a_session_belongs_to_a_workspace" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dream_memories" ADD CONSTRAINT "a_pinned_memory_belongs_to_a_dream" FOREIGN KEY ("workspace_id","dream_id") REFERENCES "public"."dreams"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dream_memories" ADD CONSTRAINT "a_pinned_memory_has_its_version" FOREIGN KEY ("workspace_id","version_id") REFERENCES "public"."memory_versions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dream_sessions" ADD CONSTRAINT "a_pinned_session_belongs_to_a_dream" FOREIGN KEY ("workspace_id","dream_id") REFERENCES "public"."dreams"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dream_sessions" ADD CONSTRAINT "a_pinned_session_exists" FOREIGN KEY ("workspace_id","session_id") REFERENCES "public"."sessions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dreams" ADD CONSTRAINT "a_dream_reads_a_store" FOREIGN KEY ("workspace_id","input_store_id") REFERENCES "public"."memory_stores"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dreams" ADD CONSTRAINT "a_dream_writes_a_store" FOREIGN KEY ("workspace_id","output_store_id") REFERENCES "public"."memory_stores"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dreams" ADD CONSTRAINT "a_dream_has_its_own_session" FOREIGN KEY ("workspace_id","session_id") REFERENCES "public"."sessions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dream_windows" ADD CONSTRAINT "a_window_belongs_to_a_dream" FOREIGN KEY ("workspace_id","dream_id") REFERENCES "public"."dreams"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dream_windows" ADD CONSTRAINT "a_window_is_cut_from_a_session" FOREIGN KEY ("workspace_id","session_id") REFERENCES "public"."sessions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "facts" ADD CONSTRAINT "a_fact_belongs_to_a_dream" FOREIGN KEY ("workspace_id","dream_id") REFERENCES "public"."dreams"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "facts" ADD CONSTRAINT "a_fact_comes_from_a_session" FOREIGN KEY ("workspace_id","session_id") REFERENCES "public"."sessions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "a_group_belongs_to_a_dream" FOREIGN KEY ("workspace_id","dream_id") REFERENCES "public"."dreams"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "input_claims" ADD CONSTRAINT "an_input_claim_belongs_to_a_dream" FOREIGN KEY ("workspace_id","dream_id") REFERENCES "public"."dreams"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_calls" ADD CONSTRAINT "a_model_call_belongs_to_a_workspace" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "a_proposal_belongs_to_a_dream" FOREIGN KEY ("workspace_id","dream_id") REFERENCES "public"."dreams"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "a_change_belongs_to_a_draft" FOREIGN KEY ("workspace_id","draft_id") REFERENCES "public"."drafts"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "a_claim_belongs_to_a_draft" FOREIGN KEY ("workspace_id","draft_id") REFERENCES "public"."drafts"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "a_claim_stands_in_a_version" FOREIGN KEY ("workspace_id","memory_version_id") REFERENCES "public"."memory_versions"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "a_claim_is_made_by_a_change" FOREIGN KEY ("workspace_id","draft_id","change_id") REFERENCES "public"."changes"("workspace_id","draft_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_files" ADD CONSTRAINT "a_draft_file_belongs_to_a_draft" FOREIGN KEY ("workspace_id","draft_id") REFERENCES "public"."drafts"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_files" ADD CONSTRAINT "a_draft_file_has_its_content" FOREIGN KEY ("workspace_id","sha256") REFERENCES "public"."contents"("workspace_id","sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "a_draft_belongs_to_a_dream" FOREIGN KEY ("workspace_id","dream_id") REFERENCES "public"."dreams"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_supports_a_claim" FOREIGN KEY ("workspace_id","draft_id","claim_id") REFERENCES "public"."claims"("workspace_id","draft_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_names_an_event_of_its_session" FOREIGN KEY ("workspace_id","session_id","event_id") REFERENCES "public"."session_events"("workspace_id","session_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_names_a_memory_version" FOREIGN KEY ("workspace_id","memory_version_id") REFERENCES "public"."memory_versions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation_memories" ADD CONSTRAINT "an_operation_step_belongs_to_an_operation" FOREIGN KEY ("workspace_id","operation_id") REFERENCES "public"."operations"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation_memories" ADD CONSTRAINT "a_predecessor_is_a_version" FOREIGN KEY ("workspace_id","before_version_id") REFERENCES "public"."memory_versions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation_memories" ADD CONSTRAINT "a_successor_is_a_version" FOREIGN KEY ("workspace_id","after_version_id") REFERENCES "public"."memory_versions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "an_operation_belongs_to_a_store" FOREIGN KEY ("workspace_id","store_id") REFERENCES "public"."memory_stores"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "an_operation_follows_its_parent" FOREIGN KEY ("workspace_id","parent_id") REFERENCES "public"."operations"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "an_operation_comes_from_a_dream" FOREIGN KEY ("workspace_id","dream_id") REFERENCES "public"."dreams"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "an_operation_commits_a_draft" FOREIGN KEY ("workspace_id","draft_id") REFERENCES "public"."drafts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "memory_versions_by_memory" ON "memory_versions" USING btree ("workspace_id","store_id","memory_id");--> statement-breakpoint
CREATE INDEX "dreams_newest_first" ON "dreams" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "facts_of_a_dream" ON "facts" USING btree ("workspace_id","dream_id","window_ordinal","ordinal");--> statement-breakpoint
CREATE INDEX "claims_of_a_version" ON "claims" USING btree ("workspace_id","memory_version_id");--> statement-breakpoint
CREATE INDEX "evidence_of_an_event" ON "evidence" USING btree ("workspace_id","session_id","event_id");--> statement-breakpoint
CREATE INDEX "operations_of_a_store" ON "operations" USING btree ("workspace_id","store_id");
--> statement-breakpoint
-- By hand: roles. Roles belong to the whole server, so another database (or another migrator) may have made them already.
DO $$ BEGIN
  CREATE ROLE open_dreams_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
--> statement-breakpoint
DO $$ BEGIN
  CREATE ROLE open_dreams_definer NOLOGIN NOSUPERUSER NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
--> statement-breakpoint
-- The workspace of everybody who runs this alone. Before row-level security, under which the owner itself sees and writes nothing.
INSERT INTO "workspaces" ("id", "name") VALUES ('default', 'default');
--> statement-breakpoint
-- By hand: row-level security. ENABLE and FORCE on every table; a policy for the application's role alone. Fails closed: after a
-- transaction-local setting the value is '' and not null, hence nullif.
ALTER TABLE "workspaces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "workspaces" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "workspaces_of_the_workspace" ON "workspaces" TO open_dreams_app USING ("id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT ON "workspaces" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "contents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "contents" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "contents_of_the_workspace" ON "contents" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT ON "contents" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "memories" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "memories" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "memories_of_the_workspace" ON "memories" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "memories" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "memory_stores" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "memory_stores" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "memory_stores_of_the_workspace" ON "memory_stores" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "memory_stores" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "memory_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "memory_versions" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "memory_versions_of_the_workspace" ON "memory_versions" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT ON "memory_versions" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "session_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "session_events" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "session_events_of_the_workspace" ON "session_events" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT ON "session_events" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sessions" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "sessions_of_the_workspace" ON "sessions" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "sessions" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "dream_memories" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "dream_memories" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "dream_memories_of_the_workspace" ON "dream_memories" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "dream_memories" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "dream_sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "dream_sessions" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "dream_sessions_of_the_workspace" ON "dream_sessions" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "dream_sessions" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "dreams" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "dreams" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "dreams_of_the_workspace" ON "dreams" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "dreams" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "dream_windows" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "dream_windows" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "dream_windows_of_the_workspace" ON "dream_windows" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "dream_windows" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "facts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "facts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "facts_of_the_workspace" ON "facts" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "facts" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "groups" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "groups" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "groups_of_the_workspace" ON "groups" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "groups" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "input_claims" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "input_claims" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "input_claims_of_the_workspace" ON "input_claims" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "input_claims" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "model_calls" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "model_calls" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "model_calls_of_the_workspace" ON "model_calls" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT ON "model_calls" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "proposals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "proposals" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "proposals_of_the_workspace" ON "proposals" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "proposals" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "changes" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "changes_of_the_workspace" ON "changes" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT ON "changes" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "claims" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "claims" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "claims_of_the_workspace" ON "claims" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "claims" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "draft_files" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "draft_files" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "draft_files_of_the_workspace" ON "draft_files" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT ON "draft_files" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "drafts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "drafts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "drafts_of_the_workspace" ON "drafts" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "drafts" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "evidence" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "evidence" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "evidence_of_the_workspace" ON "evidence" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT ON "evidence" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "operation_memories" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "operation_memories" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "operation_memories_of_the_workspace" ON "operation_memories" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT ON "operation_memories" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "operations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "operations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "operations_of_the_workspace" ON "operations" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT ON "operations" TO open_dreams_app;--> statement-breakpoint
-- By hand: the sweep looks over all workspaces for dreams that were asked for and never started. It sees their ids and nothing else.
CREATE POLICY "pending_dreams_for_the_sweep" ON "dreams" FOR SELECT TO open_dreams_definer USING ("status" = 'pending');--> statement-breakpoint
GRANT SELECT ("workspace_id", "id", "status", "created_at") ON "dreams" TO open_dreams_definer;--> statement-breakpoint
CREATE FUNCTION pending_dreams(older_than_seconds integer) RETURNS TABLE ("workspace_id" text, "id" text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.workspace_id, d.id FROM dreams d
  WHERE d.status = 'pending' AND d.created_at < now() - make_interval(secs => older_than_seconds)
  ORDER BY d.created_at, d.id LIMIT 100
$$;--> statement-breakpoint
GRANT open_dreams_definer TO CURRENT_USER;--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO open_dreams_definer;--> statement-breakpoint
ALTER FUNCTION pending_dreams(integer) OWNER TO open_dreams_definer;--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM open_dreams_definer;--> statement-breakpoint
REVOKE ALL ON FUNCTION pending_dreams(integer) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION pending_dreams(integer) TO open_dreams_app;--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO open_dreams_app;
--> statement-breakpoint
-- By hand: workspaces are made by an administrator, who under FORCE ROW LEVEL SECURITY sees no table unless a superuser; hence a function.
CREATE POLICY "workspaces_made_by_an_administrator" ON "workspaces" FOR INSERT TO open_dreams_definer WITH CHECK (true);--> statement-breakpoint
GRANT INSERT ON "workspaces" TO open_dreams_definer;--> statement-breakpoint
CREATE FUNCTION add_workspace(new_id text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO workspaces (id, name) VALUES (new_id, new_id) ON CONFLICT DO NOTHING
$$;--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO open_dreams_definer;--> statement-breakpoint
ALTER FUNCTION add_workspace(text) OWNER TO open_dreams_definer;--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM open_dreams_definer;--> statement-breakpoint
REVOKE ALL ON FUNCTION add_workspace(text) FROM PUBLIC;--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO open_dreams_definer;--> statement-breakpoint
-- What the application's role reads to know which schema it meets; every migration ends by writing its own name here.
COMMENT ON SCHEMA public IS 'open-dreams 0001_foundation';
