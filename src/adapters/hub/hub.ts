/** Where models come from and where they are kept. */
export interface Hub {
  /** Address of the hub, without a slash at the end. */
  readonly endpoint: string;
  /** Lets in to private and gated models. A secret: it goes into requests and nowhere else. */
  readonly token?: string | undefined;
  /** Nothing may be asked of the network. */
  readonly offline: boolean;
  /** Folder of the cache; made when something is downloaded. */
  readonly cache: string;
  /** Free space of the disk with this folder, in bytes. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}
