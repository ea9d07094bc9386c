-- Not breaking: new tables, new columns with defaults. As generated from db/schema/; everything below "By hand" was written by a person.
CREATE TABLE "decisions" (
	"workspace_id" text NOT NULL,
	"draft_id" text NOT NULL,
	"dream_id" text NOT NULL,
	"digest" text NOT NULL,
	"verdict" text NOT NULL,
	"excluded" text[] NOT NULL,
	"by" text NOT NULL,
	"note" text,
	"channel" text NOT NULL,
	"request" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "a_draft_is_decided_once" PRIMARY KEY("workspace_id","draft_id"),
	CONSTRAINT "a_verdict_is_known" CHECK ("decisions"."verdict" in ('approve', 'reject')),
	CONSTRAINT "a_decision_channel_is_known" CHECK ("decisions"."channel" in ('update', 'signal', 'timeout')),
	CONSTRAINT "only_an_approval_excludes" CHECK ("decisions"."verdict" = 'approve' or "decisions"."excluded" = '{}')
);
--> statement-breakpoint
CREATE TABLE "alias_moves" (
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"store_id" text NOT NULL,
	"by" text NOT NULL,
	"note" text,
	"dream_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alias_moves_pkey" PRIMARY KEY("workspace_id","name","number"),
	CONSTRAINT "a_move_kind_is_known" CHECK ("alias_moves"."kind" in ('set', 'promote', 'rollback', 'dream')),
	CONSTRAINT "moves_are_numbered_from_one" CHECK ("alias_moves"."number" >= 1),
	CONSTRAINT "a_dream_moves_by_its_commit" CHECK (("alias_moves"."kind" = 'dream') = ("alias_moves"."dream_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "aliases" (
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"store_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "aliases_pkey" PRIMARY KEY("workspace_id","name"),
	CONSTRAINT "an_alias_is_a_short_name" CHECK ("aliases"."name" ~ '^[a-z0-9][a-z0-9._-]{0,62}$')
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"workspace_id" text NOT NULL,
	"session_id" text NOT NULL,
	"by" text NOT NULL,
	"note" text,
	"report" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erasures_pkey" PRIMARY KEY("workspace_id","session_id")
);
--> statement-breakpoint
DROP INDEX "operations_of_a_store";--> statement-breakpoint
ALTER TABLE "memory_versions" ADD COLUMN "redacted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "dreams" ADD COLUMN "output_behavior" text DEFAULT 'create_new' NOT NULL;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "left_out" json DEFAULT '[]'::json NOT NULL;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "review_ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "drafts" ADD COLUMN "conflicts" json;--> statement-breakpoint
-- By hand: operations of before get their numbers by age. The owner of the tables sees no row under FORCE unless a superuser.
ALTER TABLE "operations" ADD COLUMN "revision" integer;--> statement-breakpoint
ALTER TABLE "operations" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "operations" o SET "revision" = n."number" FROM (
  SELECT "workspace_id", "id", row_number() OVER (PARTITION BY "workspace_id", "store_id" ORDER BY "created_at", "id") AS "number" FROM "operations"
) n WHERE n."workspace_id" = o."workspace_id" AND n."id" = o."id";--> statement-breakpoint
ALTER TABLE "operations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "operations" ALTER COLUMN "revision" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "undoes_id" text;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "report" json DEFAULT '{}'::json NOT NULL;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "a_decision_concerns_a_draft" FOREIGN KEY ("workspace_id","draft_id") REFERENCES "public"."drafts"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alias_moves" ADD CONSTRAINT "a_move_belongs_to_an_alias" FOREIGN KEY ("workspace_id","name") REFERENCES "public"."aliases"("workspace_id","name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alias_moves" ADD CONSTRAINT "a_move_leads_to_a_store" FOREIGN KEY ("workspace_id","store_id") REFERENCES "public"."memory_stores"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alias_moves" ADD CONSTRAINT "a_move_is_made_by_a_dream" FOREIGN KEY ("workspace_id","dream_id") REFERENCES "public"."dreams"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aliases" ADD CONSTRAINT "an_alias_names_a_store" FOREIGN KEY ("workspace_id","store_id") REFERENCES "public"."memory_stores"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "an_erasure_concerns_a_session" FOREIGN KEY ("workspace_id","session_id") REFERENCES "public"."sessions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "an_undo_takes_back_an_operation" FOREIGN KEY ("workspace_id","undoes_id") REFERENCES "public"."operations"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "operation_steps_by_successor" ON "operation_memories" USING btree ("workspace_id","after_version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_dream_per_target" ON "dreams" USING btree ("workspace_id","input_store_id") WHERE "dreams"."output_behavior" = 'update_existing' and "dreams"."status" in ('pending', 'running');--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "an_operation_is_undone_once" UNIQUE("workspace_id","undoes_id");--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "a_revision_is_made_by_one_operation" UNIQUE("workspace_id","store_id","revision");--> statement-breakpoint
ALTER TABLE "dreams" ADD CONSTRAINT "an_output_behavior_is_known" CHECK ("dreams"."output_behavior" in ('create_new', 'update_existing'));--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "an_undo_names_what_it_undoes" CHECK (("operations"."kind" = 'undo') = ("operations"."undoes_id" is not null));--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "an_operation_kind_is_known" CHECK ("operations"."kind" in ('import', 'dream', 'edit', 'undo', 'erase'));--> statement-breakpoint
-- By hand: row-level security of the new tables, and what an erasure may do.
ALTER TABLE "decisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "decisions" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "decisions_of_the_workspace" ON "decisions" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT ON "decisions" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "aliases" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "aliases" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "aliases_of_the_workspace" ON "aliases" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "aliases" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "alias_moves" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "alias_moves" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "alias_moves_of_the_workspace" ON "alias_moves" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT ON "alias_moves" TO open_dreams_app;--> statement-breakpoint
ALTER TABLE "erasures" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "erasures" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "erasures_of_the_workspace" ON "erasures" TO open_dreams_app USING ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), '')) WITH CHECK ("workspace_id" = nullif(current_setting('open_dreams.workspace', true), ''));--> statement-breakpoint
GRANT SELECT, INSERT ON "erasures" TO open_dreams_app;--> statement-breakpoint
GRANT DELETE ON "contents" TO open_dreams_app;--> statement-breakpoint
GRANT UPDATE ("sha256", "size", "redacted_at") ON "memory_versions" TO open_dreams_app;--> statement-breakpoint
GRANT UPDATE ("payload", "sha256"), DELETE ON "session_events" TO open_dreams_app;--> statement-breakpoint
GRANT DELETE ON "model_calls" TO open_dreams_app;--> statement-breakpoint
GRANT UPDATE ("body") ON "changes" TO open_dreams_app;--> statement-breakpoint
GRANT UPDATE ("sha256") ON "draft_files" TO open_dreams_app;--> statement-breakpoint
GRANT UPDATE, DELETE ON "evidence" TO open_dreams_app;--> statement-breakpoint
GRANT UPDATE ("note") ON "operations" TO open_dreams_app;--> statement-breakpoint
GRANT UPDATE ("note") ON "decisions" TO open_dreams_app;--> statement-breakpoint
GRANT UPDATE ("note") ON "alias_moves" TO open_dreams_app;--> statement-breakpoint
GRANT UPDATE ("note") ON "erasures" TO open_dreams_app;--> statement-breakpoint
COMMENT ON SCHEMA public IS 'open-dreams 0002_review';
