/** Where an answer stands: a thread, in a channel or in the direct conversation with who asked. */

export interface Place {
  readonly channel: string;
  /** Time of the message that the thread hangs on. */
  readonly thread: string;
  /** Who asked. */
  readonly user: string;
  /** Their workspace, which in a shared channel may be another one. */
  readonly userTeam: string;
  /** Nobody else reads there. */
  readonly direct: boolean;
  /** The answer is for who asked alone, though others read there. */
  readonly hidden: boolean;
}
