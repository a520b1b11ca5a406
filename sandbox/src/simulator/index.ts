export { createSandbox, type Sandbox, type SandboxOptions, type WaitForCallback } from './create-sandbox.ts'
export { type SimulatorRouter, simulatorRouter } from './simulator-router.ts'
export { SIMULATOR_PORT, type Simulator, type SimulatorOptions, startSimulator } from './start-simulator.ts'
