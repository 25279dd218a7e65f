/** Less is the time that starting a process takes. */
const NOT_WORTH_MS = 1000;

/** Arguments of Node.js under which a process sees another time than the machine's, as far away as told. */
export function shiftedTime(shiftMs: number): string[] {
  if (Math.abs(shiftMs) < NOT_WORTH_MS) return [];
  const source = `
    const MachineDate = Date;
    globalThis.Date = class extends MachineDate {
      constructor(...values) {
        if (values.length === 0) super(MachineDate.now() + ${shiftMs});
        else super(...values);
      }
      static now() {
        return MachineDate.now() + ${shiftMs};
      }
    };`;
  return ['--import', `data:text/javascript,${encodeURIComponent(source)}`];
}
