/** Port of the simulator, as it has always been. */
export const SIMULATOR_PORT = 9_000
