using Chain.StateMachine.Transactions;

namespace Chain.StateMachine.Tests.Life;

/// <summary>Who sends what; for whom, when not for itself.</summary>
internal sealed record Deed(string Sender, Message Message, string? Granter = null);
