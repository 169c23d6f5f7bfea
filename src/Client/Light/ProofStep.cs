namespace Chain.Client.Light;

/// <summary>One thing that was checked, in words.</summary>
/// <param name="Name">Stable name for programs.</param>
/// <param name="Text">What the step shows, with its numbers; or why it failed or was left out.</param>
public sealed record ProofStep(string Name, ProofStepState State, string Text);
