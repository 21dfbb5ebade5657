/** What people say of an answer. */
export type Verdict = "helpful" | "unhelpful";
export type FeedbackReason = "wrong-entity" | "wrong-fact" | "bad-source" | "not-understood";

export interface Feedback {
  readonly verdict: Verdict;
  readonly reason?: FeedbackReason | undefined;
  readonly correctEntityId?: string | undefined;
  readonly correctedAnswer?: string | undefined;
  /** Votes on single pieces of evidence, apart from the vote on the answer. */
  readonly evidence?: readonly { readonly label: number; readonly relevant: boolean }[] | undefined;
  readonly comment?: string | undefined;
}
