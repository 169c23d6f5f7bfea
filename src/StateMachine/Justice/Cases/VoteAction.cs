namespace Chain.StateMachine.Justice.Cases;

/// <summary>What a juror does. Numbers stand on the wire.</summary>
public enum VoteAction : byte
{
    Commit = 1,
    Reveal = 2,
}
