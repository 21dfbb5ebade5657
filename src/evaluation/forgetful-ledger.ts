import type { Ledger } from "../ports.ts";

/** A ledger for measuring: takes everything, keeps nothing, so that ten thousand questions cost no disk. */
export function createForgetfulLedger(): Ledger {
  return {
    accept: async () => true,
    hold: async () => {},
    complete: async () => true,
    fail: async () => {},
    replyTo: async () => null,
    conversation: async () => null,
    image: async () => null,
    interaction: async () => null,
    recordFeedback: async () => false,
    withdrawFeedback: async () => false,
    exportPerson: async () => ({ images: [] }),
    erasePerson: async () => 0,
    eraseTenant: async () => 0,
  };
}
