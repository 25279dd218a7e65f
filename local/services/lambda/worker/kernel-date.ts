/**
 * Makes `Date` of this thread follow the clock of the embedded AWS: it starts each invocation at the time that the runtime
 * hands in and runs on with the machine's time from there. Timers stay the machine's.
 */
export function followKernelTime(): (nowMs: number) => void {
  const MachineDate = Date;
  let offsetMs = 0;
  class KernelDate extends MachineDate {
    constructor(...values: unknown[]) {
      if (values.length === 0) super(MachineDate.now() + offsetMs);
      else super(...(values as [number]));
    }
    static override now(): number {
      return MachineDate.now() + offsetMs;
    }
  }
  globalThis.Date = KernelDate as unknown as DateConstructor;
  return (nowMs) => {
    offsetMs = nowMs - MachineDate.now();
  };
}
