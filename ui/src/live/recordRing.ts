/// The newest records of a stream, at most so many: appending costs the same however many have passed.
import type { KafkaRecord } from "../api/kafka";

export class RecordRing {
  private readonly ring: KafkaRecord[] = [];
  private next = 0;

  constructor(readonly capacity: number) {}

  get length(): number {
    return this.ring.length;
  }

  append(records: KafkaRecord[]): void {
    // More than fit: only the newest will be seen.
    for (const record of records.slice(-this.capacity)) {
      this.ring[this.next] = record;
      this.next = (this.next + 1) % this.capacity;
    }
  }

  clear(): void {
    this.ring.length = 0;
    this.next = 0;
  }

  /// The newest record has index 0.
  at(index: number): KafkaRecord | undefined {
    if (index >= this.ring.length) return undefined;
    return this.ring[(this.next - 1 - index + 2 * this.capacity) % this.capacity];
  }

  newestFirst(): KafkaRecord[] {
    return Array.from(this.ring, (_, index) => this.at(index) as KafkaRecord);
  }
}
