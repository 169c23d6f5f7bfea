namespace Chain.Simulator;
public sealed class SimulatorTests { [Fact] public void X() { } }
