/**
 * An AWS client as the adapters use it: anything that sends commands, such as a client of the SDK or an embedded
 * table.
 */
export interface Sender {
  send(command: any): Promise<any>;
}
