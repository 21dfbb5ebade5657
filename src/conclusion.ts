/** What a generated text amounts to: an answer with its citations, or not knowing. */
import { abstentionText } from "./answering/abstention.ts";
import { attributeCitations } from "./answering/citations.ts";
import type { GeneratedAnswer } from "./answering/generate.ts";
import type { Evidence, JudgedCandidate } from "./domain/evidence.ts";
import type { Abstention, AbstentionReason, Answer } from "./domain/reply.ts";

export type Conclusion =
  | Pick<Answer, "kind" | "text" | "citations" | "confidence">
  | Pick<Abstention, "kind" | "text" | "citations" | "confidence" | "reason">;

/** `generated` is null when no evidence was good enough to ask the model at all. */
export function conclude(
  generated: GeneratedAnswer | null,
  evidence: readonly Evidence[],
  candidates: readonly JudgedCandidate[],
  hasImage: boolean,
): Conclusion {
  if (generated === null)
    return abstain("nothing-relevant", 1 - (candidates[0]?.relevance ?? 0), candidates, hasImage);
  const { text, named, probability } = generated;
  if (named === 0 || text === "") return abstain("not-in-evidence", probability, candidates, hasImage);
  const citations = attributeCitations(text, named, evidence);
  // Words that stand in no evidence are not an answer we can give: this assistant cites or says that it does not know.
  if (citations.length === 0) return abstain("not-in-evidence", 1 - probability, candidates, hasImage);
  const cited = evidence.find((item) => item.label === citations[0]!.label)!;
  return { kind: "answer", text, citations, confidence: cited.relevance * probability };
}

function abstain(
  reason: AbstentionReason,
  confidence: number,
  candidates: readonly JudgedCandidate[],
  hasImage: boolean,
): Conclusion {
  return {
    kind: "abstention",
    reason,
    citations: [],
    confidence,
    text: abstentionText(reason, candidates, hasImage),
  };
}
