import { defineSearchAttributeKey } from '@temporalio/common';

/** What runs can be searched by in Temporal's own tools. The server must know them: `temporal-dev.sh` and `dreams up` register them. */
export const dreamStore = defineSearchAttributeKey('DreamStore', 'KEYWORD');
export const dreamStage = defineSearchAttributeKey('DreamStage', 'KEYWORD');
export const dreamOutcome = defineSearchAttributeKey('DreamOutcome', 'KEYWORD');
export const dreamTrigger = defineSearchAttributeKey('DreamTrigger', 'KEYWORD');
export const dreamSessions = defineSearchAttributeKey('DreamSessions', 'INT');
export const dreamCostUsd = defineSearchAttributeKey('DreamCostUsd', 'DOUBLE');
export const dreamAwaitingReview = defineSearchAttributeKey('DreamAwaitingReview', 'BOOL');

export const searchAttributes = [dreamStore, dreamStage, dreamOutcome, dreamTrigger, dreamSessions, dreamCostUsd, dreamAwaitingReview];
