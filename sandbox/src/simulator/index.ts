export { createSandbox, type Sandbox, type SandboxOptions, type WaitForCallback } from './create-sandbox.ts'
export { SIMULATOR_PORT } from './simulator-port.ts'
export { type SimulatorRouter, simulatorRouter } from './simulator-router.ts'
export { type Simulator, type SimulatorOptions, startSimulator } from './start-simulator.ts'
