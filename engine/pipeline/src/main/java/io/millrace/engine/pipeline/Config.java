package io.millrace.engine.pipeline;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;

/// Settings `pipeline.*`.
public record Config(
    @Doc("Threads that run rule chains; each owns a share of the devices. 0 is one per core.")
        @Default("0")
        @Limit(max = 256)
        int partitions,
    @Doc("Messages that may wait in one partition; beyond it senders wait, then are refused.")
        @Default("16384")
        @Limit(min = 64, max = 1 << 20)
        int queueMessages,
    @Doc("Bytes of messages that may wait in one partition.")
        @Default("67108864")
        @Limit(min = 1 << 20)
        long queueBytes,
    @Doc("Most messages in one commit.") @Default("4096") @Limit(min = 1, max = 65536)
        int batchMessages,
    @Doc("Size at which a commit is written though more messages wait.")
        @Default("4194304")
        @Limit(min = 4096)
        long batchBytes,
    @Doc(
            "Messages that may wait to be tried again, after rule chains failed on them in a queue"
                + " that retries; further ones become dead letters.")
        @Default("100000")
        @Limit(min = 1, max = 100_000_000)
        int retriesWaiting,
    @Doc("Calls to the outside.") Outgoing outgoing) {

  /// Settings `pipeline.outgoing.*`.
  public record Outgoing(
      @Doc("Calls under way at once, over all peers.") @Default("256") @Limit(min = 1, max = 10_000)
          int concurrency,
      @Doc("Calls under way at once to one peer.") @Default("16") @Limit(min = 1, max = 1_000)
          int concurrencyPerPeer,
      @Doc("Calls to one peer kept in memory; further ones wait on disk.")
          @Default("1000")
          @Limit(min = 1, max = 1_000_000)
          int memoryPerPeer,
      @Doc("Bytes of calls to one peer kept in memory.") @Default("8388608") @Limit(min = 1)
          long memoryBytesPerPeer,
      @Doc("Calls that may wait for one peer; further ones become dead letters at once.")
          @Default("100000")
          @Limit(min = 1)
          long waitingPerPeer,
      @Doc("Calls to this process itself that may wait; beyond it devices are not read from.")
          @Default("10000")
          @Limit(min = 1)
          int waitingInside,
      @Doc("Times that a call is tried before it becomes a dead letter.")
          @Default("8")
          @Limit(min = 1, max = 1_000)
          int attempts,
      @Doc("Wait before the second try; doubles from then on.") @Default("1s") Duration firstDelay,
      @Doc("Longest wait between tries.") @Default("1m") Duration longestDelay,
      @Doc("Age at which a call becomes a dead letter.") @Default("1h") Duration ageMax,
      @Doc("Dead letters kept; beyond it the oldest go.") @Default("10000") @Limit(min = 1)
          int deadLetters) {}
}
