-- The schema that the migrations in db/migrations lead to. Written by "npm run db:schema"; a test compares it.

create table alias_moves (
  workspace_id text not null,
  name text not null,
  number integer not null,
  kind text not null,
  store_id text not null,
  by text not null,
  note text,
  dream_id text,
  created_at timestamp with time zone not null default now(),
  constraint a_dream_moves_by_its_commit CHECK (((kind = 'dream'::text) = (dream_id IS NOT NULL))),
  constraint a_move_kind_is_known CHECK ((kind = ANY (ARRAY['set'::text, 'promote'::text, 'rollback'::text, 'dream'::text]))),
  constraint moves_are_numbered_from_one CHECK ((number >= 1)),
  constraint a_move_belongs_to_an_alias FOREIGN KEY (workspace_id, name) REFERENCES aliases(workspace_id, name) ON DELETE CASCADE,
  constraint a_move_is_made_by_a_dream FOREIGN KEY (workspace_id, dream_id) REFERENCES dreams(workspace_id, id),
  constraint a_move_leads_to_a_store FOREIGN KEY (workspace_id, store_id) REFERENCES memory_stores(workspace_id, id),
  constraint alias_moves_pkey PRIMARY KEY (workspace_id, name, number)
);
alter table alias_moves enable row level security;
alter table alias_moves force row level security;
create policy alias_moves_of_the_workspace on alias_moves for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant insert, select on alias_moves to open_dreams_app;

create table aliases (
  workspace_id text not null,
  name text not null,
  store_id text not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint an_alias_is_a_short_name CHECK ((name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'::text)),
  constraint an_alias_names_a_store FOREIGN KEY (workspace_id, store_id) REFERENCES memory_stores(workspace_id, id),
  constraint aliases_pkey PRIMARY KEY (workspace_id, name)
);
alter table aliases enable row level security;
alter table aliases force row level security;
create policy aliases_of_the_workspace on aliases for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select, update on aliases to open_dreams_app;

create table bundles (
  workspace_id text not null,
  sha256 text not null,
  bytes bytea not null,
  size integer not null,
  sdk_version text not null,
  created_at timestamp with time zone not null default now(),
  constraint a_bundle_belongs_to_a_workspace FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint bundles_pkey PRIMARY KEY (workspace_id, sha256)
);
alter table bundles enable row level security;
alter table bundles force row level security;
create policy bundles_of_the_workspace on bundles for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant insert, select on bundles to open_dreams_app;

create table changes (
  workspace_id text not null,
  draft_id text not null,
  id text not null,
  ordinal integer not null,
  kind text not null,
  path text not null,
  body json not null,
  constraint a_change_kind_is_known CHECK ((kind = ANY (ARRAY['add'::text, 'merge'::text, 'supersede'::text, 'retire'::text, 'move'::text, 'rewrite'::text, 'pattern'::text, 'open_conflict'::text]))),
  constraint a_change_belongs_to_a_draft FOREIGN KEY (workspace_id, draft_id) REFERENCES drafts(workspace_id, id) ON DELETE CASCADE,
  constraint changes_pkey PRIMARY KEY (workspace_id, draft_id, id)
);
alter table changes enable row level security;
alter table changes force row level security;
create policy changes_of_the_workspace on changes for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant insert, select on changes to open_dreams_app;

create table claims (
  workspace_id text not null,
  id text not null,
  draft_id text not null,
  ordinal integer not null,
  path text not null,
  start integer not null,
  "end" integer not null,
  change_id text,
  memory_version_id text,
  constraint a_claim_is_a_range CHECK (((start >= 0) AND (start <= "end"))),
  constraint a_claim_belongs_to_a_draft FOREIGN KEY (workspace_id, draft_id) REFERENCES drafts(workspace_id, id) ON DELETE CASCADE,
  constraint a_claim_is_made_by_a_change FOREIGN KEY (workspace_id, draft_id, change_id) REFERENCES changes(workspace_id, draft_id, id),
  constraint a_claim_stands_in_a_version FOREIGN KEY (workspace_id, memory_version_id) REFERENCES memory_versions(workspace_id, id) ON DELETE CASCADE,
  constraint claims_pkey PRIMARY KEY (workspace_id, draft_id, id)
);
CREATE INDEX claims_of_a_version ON public.claims USING btree (workspace_id, memory_version_id);
alter table claims enable row level security;
alter table claims force row level security;
create policy claims_of_the_workspace on claims for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select, update on claims to open_dreams_app;

create table contents (
  workspace_id text not null,
  sha256 text not null,
  bytes bytea not null,
  size integer not null,
  created_at timestamp with time zone not null default now(),
  constraint a_content_is_named_by_its_hash CHECK ((sha256 = encode(sha256(bytes), 'hex'::text))),
  constraint a_content_knows_its_size CHECK ((size = octet_length(bytes))),
  constraint a_content_belongs_to_a_workspace FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint contents_pkey PRIMARY KEY (workspace_id, sha256)
);
alter table contents enable row level security;
alter table contents force row level security;
create policy contents_of_the_workspace on contents for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select on contents to open_dreams_app;

create table decisions (
  workspace_id text not null,
  draft_id text not null,
  dream_id text not null,
  digest text not null,
  verdict text not null,
  excluded text[] not null,
  by text not null,
  note text,
  channel text not null,
  request text not null,
  created_at timestamp with time zone not null default now(),
  constraint a_decision_channel_is_known CHECK ((channel = ANY (ARRAY['update'::text, 'signal'::text, 'timeout'::text]))),
  constraint a_verdict_is_known CHECK ((verdict = ANY (ARRAY['approve'::text, 'reject'::text]))),
  constraint only_an_approval_excludes CHECK (((verdict = 'approve'::text) OR (excluded = '{}'::text[]))),
  constraint a_decision_concerns_a_draft FOREIGN KEY (workspace_id, draft_id) REFERENCES drafts(workspace_id, id) ON DELETE CASCADE,
  constraint a_draft_is_decided_once PRIMARY KEY (workspace_id, draft_id)
);
alter table decisions enable row level security;
alter table decisions force row level security;
create policy decisions_of_the_workspace on decisions for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant insert, select on decisions to open_dreams_app;

create table draft_files (
  workspace_id text not null,
  draft_id text not null,
  path text not null,
  sha256 text not null,
  memory_id text,
  constraint a_draft_file_belongs_to_a_draft FOREIGN KEY (workspace_id, draft_id) REFERENCES drafts(workspace_id, id) ON DELETE CASCADE,
  constraint a_draft_file_has_its_content FOREIGN KEY (workspace_id, sha256) REFERENCES contents(workspace_id, sha256),
  constraint draft_files_pkey PRIMARY KEY (workspace_id, draft_id, path)
);
alter table draft_files enable row level security;
alter table draft_files force row level security;
create policy draft_files_of_the_workspace on draft_files for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant insert, select on draft_files to open_dreams_app;

create table drafts (
  workspace_id text not null,
  id text not null,
  dream_id text not null,
  round integer not null,
  digest text not null,
  deleted text[] not null,
  report json not null,
  created_at timestamp with time zone not null default now(),
  left_out json not null default '[]'::json,
  review_ends_at timestamp with time zone,
  conflicts json,
  constraint a_digest_is_a_sha256 CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  constraint a_draft_belongs_to_a_dream FOREIGN KEY (workspace_id, dream_id) REFERENCES dreams(workspace_id, id) ON DELETE CASCADE,
  constraint drafts_pkey PRIMARY KEY (workspace_id, id),
  constraint a_dream_has_one_draft_a_round UNIQUE (workspace_id, dream_id, round)
);
alter table drafts enable row level security;
alter table drafts force row level security;
create policy drafts_of_the_workspace on drafts for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant insert, select, update on drafts to open_dreams_app;

create table dream_memories (
  workspace_id text not null,
  dream_id text not null,
  memory_id text not null,
  version_id text not null,
  path text not null,
  sha256 text not null,
  constraint a_pinned_memory_belongs_to_a_dream FOREIGN KEY (workspace_id, dream_id) REFERENCES dreams(workspace_id, id) ON DELETE CASCADE,
  constraint a_pinned_memory_has_its_version FOREIGN KEY (workspace_id, version_id) REFERENCES memory_versions(workspace_id, id),
  constraint dream_memories_pkey PRIMARY KEY (workspace_id, dream_id, memory_id)
);
alter table dream_memories enable row level security;
alter table dream_memories force row level security;
create policy dream_memories_of_the_workspace on dream_memories for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select, update on dream_memories to open_dreams_app;

create table dream_sessions (
  workspace_id text not null,
  dream_id text not null,
  session_id text not null,
  last_event_number integer,
  constraint a_pinned_session_belongs_to_a_dream FOREIGN KEY (workspace_id, dream_id) REFERENCES dreams(workspace_id, id) ON DELETE CASCADE,
  constraint a_pinned_session_exists FOREIGN KEY (workspace_id, session_id) REFERENCES sessions(workspace_id, id),
  constraint dream_sessions_pkey PRIMARY KEY (workspace_id, dream_id, session_id)
);
alter table dream_sessions enable row level security;
alter table dream_sessions force row level security;
create policy dream_sessions_of_the_workspace on dream_sessions for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select, update on dream_sessions to open_dreams_app;

create table dream_windows (
  workspace_id text not null,
  dream_id text not null,
  ordinal integer not null,
  session_id text not null,
  first_number integer not null,
  last_number integer not null,
  part json,
  sha256 text not null,
  characters integer not null,
  pack integer not null,
  state text not null default 'planned'::text,
  facts integer not null default 0,
  constraint a_window_covers_events CHECK (((first_number >= 1) AND (first_number <= last_number))),
  constraint a_window_state_is_known CHECK ((state = ANY (ARRAY['planned'::text, 'read'::text, 'no_signal'::text, 'failed'::text]))),
  constraint a_window_belongs_to_a_dream FOREIGN KEY (workspace_id, dream_id) REFERENCES dreams(workspace_id, id) ON DELETE CASCADE,
  constraint a_window_is_cut_from_a_session FOREIGN KEY (workspace_id, session_id) REFERENCES sessions(workspace_id, id),
  constraint dream_windows_pkey PRIMARY KEY (workspace_id, dream_id, ordinal)
);
alter table dream_windows enable row level security;
alter table dream_windows force row level security;
create policy dream_windows_of_the_workspace on dream_windows for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select, update on dream_windows to open_dreams_app;

create table dreams (
  workspace_id text not null,
  id text not null,
  workflow_id text not null,
  status text not null default 'pending'::text,
  outcome text,
  stage text not null default 'pending'::text,
  trigger text not null,
  input_store_id text not null,
  output_store_id text,
  base_revision integer,
  model text not null,
  instructions text,
  options json not null,
  session_id text,
  draft_id text,
  coverage json,
  usage json not null,
  error json,
  created_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  archived_at timestamp with time zone,
  output_behavior text not null default 'create_new'::text,
  terminated_run_ids text[] not null default '{}'::text[],
  history_state text not null default 'due'::text,
  constraint a_dream_outcome_is_known CHECK ((outcome = ANY (ARRAY['committed'::text, 'rejected'::text, 'expired'::text, 'skipped'::text, 'over_budget'::text, 'canceled'::text, 'failed'::text, 'terminated'::text]))),
  constraint a_dream_status_is_known CHECK ((status = ANY (ARRAY['pending'::text, 'running'::text, 'completed'::text, 'failed'::text, 'canceled'::text]))),
  constraint a_history_state_is_known CHECK ((history_state = ANY (ARRAY['due'::text, 'archived'::text, 'missing'::text]))),
  constraint an_ended_dream_has_a_final_status_and_an_outcome CHECK (((status = ANY (ARRAY['completed'::text, 'failed'::text, 'canceled'::text])) = ((ended_at IS NOT NULL) AND (outcome IS NOT NULL)))),
  constraint an_output_behavior_is_known CHECK ((output_behavior = ANY (ARRAY['create_new'::text, 'update_existing'::text]))),
  constraint instructions_have_1_to_4096_characters CHECK (((char_length(instructions) >= 1) AND (char_length(instructions) <= 4096))),
  constraint only_a_failed_dream_has_an_error CHECK (((status = 'failed'::text) = (error IS NOT NULL))),
  constraint a_dream_has_its_own_session FOREIGN KEY (workspace_id, session_id) REFERENCES sessions(workspace_id, id),
  constraint a_dream_reads_a_store FOREIGN KEY (workspace_id, input_store_id) REFERENCES memory_stores(workspace_id, id),
  constraint a_dream_writes_a_store FOREIGN KEY (workspace_id, output_store_id) REFERENCES memory_stores(workspace_id, id),
  constraint dreams_pkey PRIMARY KEY (workspace_id, id),
  constraint a_workflow_runs_one_dream UNIQUE (workspace_id, workflow_id)
);
CREATE INDEX dreams_newest_first ON public.dreams USING btree (workspace_id, created_at, id);
CREATE INDEX dreams_whose_history_is_due ON public.dreams USING btree (ended_at) WHERE ((history_state = 'due'::text) AND (ended_at IS NOT NULL));
CREATE UNIQUE INDEX one_open_dream_per_target ON public.dreams USING btree (workspace_id, input_store_id) WHERE ((output_behavior = 'update_existing'::text) AND (status = ANY (ARRAY['pending'::text, 'running'::text])));
alter table dreams enable row level security;
alter table dreams force row level security;
create policy dreams_of_the_workspace on dreams for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
create policy dreams_under_way_for_the_sweep on dreams for select to open_dreams_definer using ((status = ANY (ARRAY['pending'::text, 'running'::text])) OR (outcome = 'terminated'::text) OR (stage <> 'closeDream'::text));
create policy ended_dreams_for_the_archiver on dreams for select to open_dreams_definer using ((history_state = 'due'::text) AND (ended_at IS NOT NULL));
create policy pending_dreams_for_the_sweep on dreams for select to open_dreams_definer using (status = 'pending'::text);
grant delete, insert, select, update on dreams to open_dreams_app;

create table erasures (
  workspace_id text not null,
  session_id text not null,
  by text not null,
  note text,
  report json not null,
  created_at timestamp with time zone not null default now(),
  constraint an_erasure_concerns_a_session FOREIGN KEY (workspace_id, session_id) REFERENCES sessions(workspace_id, id),
  constraint erasures_pkey PRIMARY KEY (workspace_id, session_id)
);
alter table erasures enable row level security;
alter table erasures force row level security;
create policy erasures_of_the_workspace on erasures for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant insert, select on erasures to open_dreams_app;

create table evidence (
  workspace_id text not null,
  draft_id text not null,
  claim_id text not null,
  ordinal integer not null,
  origin text not null,
  at timestamp with time zone,
  session_id text,
  event_id text,
  block integer,
  memory_version_id text,
  start integer not null,
  "end" integer not null,
  constraint an_origin_is_known CHECK ((origin = ANY (ARRAY['user'::text, 'agent'::text, 'tool'::text, 'memory'::text, 'operator'::text]))),
  constraint evidence_is_an_event_or_a_memory CHECK ((((event_id IS NOT NULL) AND (session_id IS NOT NULL) AND (block IS NOT NULL)) <> (memory_version_id IS NOT NULL))),
  constraint evidence_names_a_memory_version FOREIGN KEY (workspace_id, memory_version_id) REFERENCES memory_versions(workspace_id, id),
  constraint evidence_names_an_event_of_its_session FOREIGN KEY (workspace_id, session_id, event_id) REFERENCES session_events(workspace_id, session_id, id),
  constraint evidence_supports_a_claim FOREIGN KEY (workspace_id, draft_id, claim_id) REFERENCES claims(workspace_id, draft_id, id) ON DELETE CASCADE,
  constraint evidence_pkey PRIMARY KEY (workspace_id, draft_id, claim_id, ordinal)
);
CREATE INDEX evidence_of_an_event ON public.evidence USING btree (workspace_id, session_id, event_id);
alter table evidence enable row level security;
alter table evidence force row level security;
create policy evidence_of_the_workspace on evidence for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select, update on evidence to open_dreams_app;

create table facts (
  workspace_id text not null,
  id text not null,
  dream_id text not null,
  window_ordinal integer not null,
  ordinal integer not null,
  session_id text not null,
  body json not null,
  constraint a_fact_belongs_to_a_dream FOREIGN KEY (workspace_id, dream_id) REFERENCES dreams(workspace_id, id) ON DELETE CASCADE,
  constraint a_fact_comes_from_a_session FOREIGN KEY (workspace_id, session_id) REFERENCES sessions(workspace_id, id),
  constraint facts_pkey PRIMARY KEY (workspace_id, id)
);
CREATE INDEX facts_of_a_dream ON public.facts USING btree (workspace_id, dream_id, window_ordinal, ordinal);
alter table facts enable row level security;
alter table facts force row level security;
create policy facts_of_the_workspace on facts for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select, update on facts to open_dreams_app;

create table groups (
  workspace_id text not null,
  dream_id text not null,
  ordinal integer not null,
  pack integer not null,
  claim_ids text[] not null,
  fact_ids text[] not null,
  constraint a_group_belongs_to_a_dream FOREIGN KEY (workspace_id, dream_id) REFERENCES dreams(workspace_id, id) ON DELETE CASCADE,
  constraint groups_pkey PRIMARY KEY (workspace_id, dream_id, ordinal)
);
alter table groups enable row level security;
alter table groups force row level security;
create policy groups_of_the_workspace on groups for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select, update on groups to open_dreams_app;

create table histories (
  workspace_id text not null,
  dream_id text not null,
  run_id text not null,
  status text not null,
  events integer not null,
  bytes bytea not null,
  size integer not null,
  sha256 text not null,
  bundle_sha256 text,
  sdk_version text,
  started_at timestamp with time zone not null,
  closed_at timestamp with time zone not null,
  redacted_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint a_history_status_is_known CHECK ((status = ANY (ARRAY['completed'::text, 'failed'::text, 'canceled'::text, 'terminated'::text, 'timed_out'::text, 'continued_as_new'::text]))),
  constraint a_history_belongs_to_a_dream FOREIGN KEY (workspace_id, dream_id) REFERENCES dreams(workspace_id, id) ON DELETE CASCADE,
  constraint a_history_was_made_by_a_bundle FOREIGN KEY (workspace_id, bundle_sha256) REFERENCES bundles(workspace_id, sha256),
  constraint histories_pkey PRIMARY KEY (workspace_id, dream_id, run_id)
);
CREATE INDEX histories_of_a_bundle ON public.histories USING btree (workspace_id, bundle_sha256);
alter table histories enable row level security;
alter table histories force row level security;
create policy histories_of_the_workspace on histories for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant insert, select on histories to open_dreams_app;

create table input_claims (
  workspace_id text not null,
  dream_id text not null,
  id text not null,
  ordinal integer not null,
  body json not null,
  constraint an_input_claim_belongs_to_a_dream FOREIGN KEY (workspace_id, dream_id) REFERENCES dreams(workspace_id, id) ON DELETE CASCADE,
  constraint input_claims_pkey PRIMARY KEY (workspace_id, dream_id, id)
);
alter table input_claims enable row level security;
alter table input_claims force row level security;
create policy input_claims_of_the_workspace on input_claims for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select, update on input_claims to open_dreams_app;

create table memories (
  workspace_id text not null,
  id text not null,
  store_id text not null,
  path text not null,
  version_id text not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint a_path_begins_with_a_slash CHECK (((path ~~ '/%'::text) AND (octet_length(path) <= 1024))),
  constraint a_memory_belongs_to_a_store FOREIGN KEY (workspace_id, store_id) REFERENCES memory_stores(workspace_id, id) ON DELETE CASCADE,
  constraint a_memory_has_a_head_version FOREIGN KEY (workspace_id, version_id) REFERENCES memory_versions(workspace_id, id),
  constraint memories_pkey PRIMARY KEY (workspace_id, id),
  constraint a_path_is_held_once_in_a_store UNIQUE (workspace_id, store_id, path)
);
alter table memories enable row level security;
alter table memories force row level security;
create policy memories_of_the_workspace on memories for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select, update on memories to open_dreams_app;

create table memory_stores (
  workspace_id text not null,
  id text not null,
  name text not null,
  description text not null default ''::text,
  metadata json not null default '{}'::json,
  revision integer not null default 0,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  archived_at timestamp with time zone,
  constraint a_revision_only_counts_up CHECK ((revision >= 0)),
  constraint a_store_has_a_name_of_at_most_255_characters CHECK (((char_length(name) >= 1) AND (char_length(name) <= 255))),
  constraint a_store_belongs_to_a_workspace FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint memory_stores_pkey PRIMARY KEY (workspace_id, id)
);
alter table memory_stores enable row level security;
alter table memory_stores force row level security;
create policy memory_stores_of_the_workspace on memory_stores for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select, update on memory_stores to open_dreams_app;

create table memory_versions (
  workspace_id text not null,
  id text not null,
  store_id text not null,
  memory_id text not null,
  operation text not null,
  path text not null,
  sha256 text,
  size integer,
  created_by json,
  copied_from text,
  created_at timestamp with time zone not null default now(),
  redacted_at timestamp with time zone,
  constraint a_version_has_content_unless_it_is_a_deletion CHECK ((((operation = 'deleted'::text) = (sha256 IS NULL)) AND ((sha256 IS NULL) = (size IS NULL)))),
  constraint a_version_is_created_modified_or_deleted CHECK ((operation = ANY (ARRAY['created'::text, 'modified'::text, 'deleted'::text]))),
  constraint a_version_belongs_to_a_store FOREIGN KEY (workspace_id, store_id) REFERENCES memory_stores(workspace_id, id) ON DELETE CASCADE,
  constraint a_version_has_its_content FOREIGN KEY (workspace_id, sha256) REFERENCES contents(workspace_id, sha256),
  constraint memory_versions_pkey PRIMARY KEY (workspace_id, id)
);
CREATE INDEX memory_versions_by_memory ON public.memory_versions USING btree (workspace_id, store_id, memory_id);
alter table memory_versions enable row level security;
alter table memory_versions force row level security;
create policy memory_versions_of_the_workspace on memory_versions for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant insert, select on memory_versions to open_dreams_app;

create table model_calls (
  workspace_id text not null,
  request_sha256 text not null,
  dream_id text not null,
  step text not null,
  engine text not null,
  engine_version text not null,
  model text not null,
  response json not null,
  usage json not null,
  created_at timestamp with time zone not null default now(),
  constraint a_model_call_belongs_to_a_workspace FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint model_calls_pkey PRIMARY KEY (workspace_id, request_sha256)
);
alter table model_calls enable row level security;
alter table model_calls force row level security;
create policy model_calls_of_the_workspace on model_calls for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select on model_calls to open_dreams_app;

create table operation_memories (
  workspace_id text not null,
  operation_id text not null,
  memory_id text not null,
  path text not null,
  before_version_id text,
  after_version_id text,
  constraint an_operation_step_has_a_predecessor_or_a_successor CHECK (((before_version_id IS NOT NULL) OR (after_version_id IS NOT NULL))),
  constraint a_predecessor_is_a_version FOREIGN KEY (workspace_id, before_version_id) REFERENCES memory_versions(workspace_id, id),
  constraint a_successor_is_a_version FOREIGN KEY (workspace_id, after_version_id) REFERENCES memory_versions(workspace_id, id),
  constraint an_operation_step_belongs_to_an_operation FOREIGN KEY (workspace_id, operation_id) REFERENCES operations(workspace_id, id) ON DELETE CASCADE,
  constraint operation_memories_pkey PRIMARY KEY (workspace_id, operation_id, memory_id)
);
CREATE INDEX operation_steps_by_successor ON public.operation_memories USING btree (workspace_id, after_version_id);
alter table operation_memories enable row level security;
alter table operation_memories force row level security;
create policy operation_memories_of_the_workspace on operation_memories for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant insert, select on operation_memories to open_dreams_app;

create table operations (
  workspace_id text not null,
  id text not null,
  store_id text not null,
  parent_id text,
  kind text not null,
  by text not null,
  dream_id text,
  draft_id text,
  counts json not null,
  created_at timestamp with time zone not null default now(),
  revision integer not null,
  undoes_id text,
  note text,
  report json not null default '{}'::json,
  constraint a_dream_operation_names_dream_and_draft CHECK (((kind = 'dream'::text) = ((dream_id IS NOT NULL) AND (draft_id IS NOT NULL)))),
  constraint an_operation_kind_is_known CHECK ((kind = ANY (ARRAY['import'::text, 'dream'::text, 'edit'::text, 'undo'::text, 'erase'::text]))),
  constraint an_undo_names_what_it_undoes CHECK (((kind = 'undo'::text) = (undoes_id IS NOT NULL))),
  constraint an_operation_belongs_to_a_store FOREIGN KEY (workspace_id, store_id) REFERENCES memory_stores(workspace_id, id) ON DELETE CASCADE,
  constraint an_operation_comes_from_a_dream FOREIGN KEY (workspace_id, dream_id) REFERENCES dreams(workspace_id, id),
  constraint an_operation_commits_a_draft FOREIGN KEY (workspace_id, draft_id) REFERENCES drafts(workspace_id, id),
  constraint an_operation_follows_its_parent FOREIGN KEY (workspace_id, parent_id) REFERENCES operations(workspace_id, id),
  constraint an_undo_takes_back_an_operation FOREIGN KEY (workspace_id, undoes_id) REFERENCES operations(workspace_id, id),
  constraint operations_pkey PRIMARY KEY (workspace_id, id),
  constraint a_dream_commits_once UNIQUE (workspace_id, dream_id),
  constraint a_revision_is_made_by_one_operation UNIQUE (workspace_id, store_id, revision),
  constraint an_operation_is_undone_once UNIQUE (workspace_id, undoes_id)
);
alter table operations enable row level security;
alter table operations force row level security;
create policy operations_of_the_workspace on operations for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant insert, select on operations to open_dreams_app;

create table proposals (
  workspace_id text not null,
  dream_id text not null,
  step text not null,
  pack integer not null,
  ordinal integer not null,
  body json not null,
  constraint a_proposal_belongs_to_a_dream FOREIGN KEY (workspace_id, dream_id) REFERENCES dreams(workspace_id, id) ON DELETE CASCADE,
  constraint proposals_pkey PRIMARY KEY (workspace_id, dream_id, step, pack, ordinal)
);
alter table proposals enable row level security;
alter table proposals force row level security;
create policy proposals_of_the_workspace on proposals for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select, update on proposals to open_dreams_app;

create table session_events (
  workspace_id text not null,
  id text not null,
  session_id text not null,
  number integer not null,
  type text not null,
  processed_at timestamp with time zone,
  payload json not null,
  sha256 text not null,
  source_event_id text,
  created_at timestamp with time zone not null default now(),
  constraint event_numbers_start_at_one CHECK ((number >= 1)),
  constraint an_event_belongs_to_a_session FOREIGN KEY (workspace_id, session_id) REFERENCES sessions(workspace_id, id) ON DELETE CASCADE,
  constraint session_events_pkey PRIMARY KEY (workspace_id, id),
  constraint an_event_has_its_own_number_in_its_session UNIQUE (workspace_id, session_id, number),
  constraint an_event_is_named_within_its_session UNIQUE (workspace_id, session_id, id)
);
alter table session_events enable row level security;
alter table session_events force row level security;
create policy session_events_of_the_workspace on session_events for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select on session_events to open_dreams_app;

create table sessions (
  workspace_id text not null,
  id text not null,
  source_kind text not null,
  source_id text not null,
  first_event_sha256 text not null,
  title text,
  status text not null default 'idle'::text,
  metadata json not null default '{}'::json,
  last_event_number integer not null default 0,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  archived_at timestamp with time zone,
  erased_at timestamp with time zone,
  constraint a_session_status_is_known CHECK ((status = ANY (ARRAY['idle'::text, 'running'::text, 'rescheduling'::text, 'terminated'::text]))),
  constraint a_session_belongs_to_a_workspace FOREIGN KEY (workspace_id) REFERENCES workspaces(id),
  constraint sessions_pkey PRIMARY KEY (workspace_id, id),
  constraint a_session_is_imported_once UNIQUE (workspace_id, source_kind, source_id, first_event_sha256)
);
alter table sessions enable row level security;
alter table sessions force row level security;
create policy sessions_of_the_workspace on sessions for all to open_dreams_app using (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (workspace_id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant delete, insert, select, update on sessions to open_dreams_app;

create table workspaces (
  id text not null,
  name text not null,
  created_at timestamp with time zone not null default now(),
  constraint a_workspace_has_an_id CHECK ((id <> ''::text)),
  constraint workspaces_pkey PRIMARY KEY (id)
);
alter table workspaces enable row level security;
alter table workspaces force row level security;
create policy workspaces_made_by_an_administrator on workspaces for insert to open_dreams_definer using  with check true;
create policy workspaces_of_the_workspace on workspaces for all to open_dreams_app using (id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text)) with check (id = NULLIF(current_setting('open_dreams.workspace'::text, true), ''::text));
grant select on workspaces to open_dreams_app;
grant insert on workspaces to open_dreams_definer;

-- owner: open_dreams_definer
CREATE OR REPLACE FUNCTION public.add_workspace(new_id text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  INSERT INTO workspaces (id, name) VALUES (new_id, new_id) ON CONFLICT DO NOTHING
$function$;

-- owner: open_dreams_definer
CREATE OR REPLACE FUNCTION public.dreams_under_way(is_pending boolean, older_than_seconds integer, after_key text, at_most integer)
 RETURNS TABLE(workspace_id text, id text, workflow_id text, key text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  SELECT d.workspace_id, d.id, d.workflow_id, k.key FROM dreams d
  CROSS JOIN LATERAL (SELECT (to_char(d.created_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') || ' ' || d.workspace_id || ' ' || d.id) COLLATE "C" AS key) k
  WHERE (d.status = 'pending') = is_pending
    AND ((d.status in ('pending', 'running') AND d.created_at < now() - make_interval(secs => older_than_seconds))
      OR (d.outcome = 'terminated' AND d.ended_at > now() - interval '30 days')
      OR (d.outcome <> 'terminated' AND d.stage <> 'closeDream' AND d.ended_at < now() - make_interval(secs => older_than_seconds)))
    AND (after_key IS NULL OR k.key > after_key COLLATE "C")
  ORDER BY k.key LIMIT at_most
$function$;

-- owner: open_dreams_definer
CREATE OR REPLACE FUNCTION public.dreams_whose_history_is_due(after_key text, at_most integer)
 RETURNS TABLE(workspace_id text, id text, workflow_id text, ended_at timestamp with time zone, key text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  SELECT d.workspace_id, d.id, d.workflow_id, d.ended_at, k.key FROM dreams d
  CROSS JOIN LATERAL (SELECT (to_char(d.ended_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') || ' ' || d.workspace_id || ' ' || d.id) COLLATE "C" AS key) k
  WHERE d.history_state = 'due' AND d.ended_at IS NOT NULL AND (after_key IS NULL OR k.key < after_key COLLATE "C")
  ORDER BY k.key DESC LIMIT at_most
$function$;

-- owner: open_dreams_definer
CREATE OR REPLACE FUNCTION public.pending_dreams(older_than_seconds integer)
 RETURNS TABLE(workspace_id text, id text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  SELECT d.workspace_id, d.id FROM dreams d
  WHERE d.status = 'pending' AND d.created_at < now() - make_interval(secs => older_than_seconds)
  ORDER BY d.created_at, d.id LIMIT 100
$function$;

-- owner: open_dreams_definer
CREATE OR REPLACE FUNCTION public.workspaces_with_open_dreams()
 RETURNS TABLE(workspace_id text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  SELECT DISTINCT d.workspace_id FROM dreams d WHERE d.status in ('pending', 'running')
$function$;
