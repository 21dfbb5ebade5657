/** How shards connect: as the library does it, but once they are told to leave, they stay away. */
import { SimpleShardingStrategy } from "discord.js";

/** The one of @discordjs/ws; discord.js has another class of that name. */
type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

/**
 * In @discordjs/ws 1.2.3 a shard that is about to connect again does not hear that it was destroyed: it goes on connecting for
 * ever, beside the client that has taken its place, and keeps the process from ending. Asked for its session, which is the
 * first thing it does, it gets no answer any more.
 */
export class LeavingStrategy extends SimpleShardingStrategy {
  readonly #options: Manager["options"];
  readonly #retrieveSession: Manager["options"]["retrieveSessionInfo"];

  constructor(manager: Manager) {
    super(manager);
    this.#options = manager.options;
    this.#retrieveSession = manager.options.retrieveSessionInfo;
  }

  override async spawn(shardIds: number[]): Promise<void> {
    // Before it connects, the manager destroys what there may have been.
    this.#options.retrieveSessionInfo = this.#retrieveSession;
    await super.spawn(shardIds);
  }

  override async destroy(options?: Parameters<SimpleShardingStrategy["destroy"]>[0]): Promise<void> {
    this.#options.retrieveSessionInfo = () => new Promise(() => {});
    await super.destroy(options);
  }
}
