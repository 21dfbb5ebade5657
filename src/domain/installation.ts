import type { Tenant } from "./knowledge.ts";

/** A workspace, or a whole organisation, that let a bot in. */
export interface Installation {
  /** The platform's id of it. */
  readonly id: string;
  /** Whose data belongs to it: of a workspace itself; of an organisation, its workspaces that used it. */
  readonly tenants: readonly Tenant[];
}
