namespace Chain.StateMachine.Genesis;

/// <summary>The kinds of JSON values that a genesis file uses.</summary>
internal enum JsonKind
{
    Null,
    Text,
    Number,
    Flag,
    List,
    Object,
}
