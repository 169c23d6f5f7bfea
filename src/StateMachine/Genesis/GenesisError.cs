namespace Chain.StateMachine.Genesis;

/// <summary>What is wrong with a genesis file, and where.</summary>
/// <param name="Line">From 1; 0 when the fault is not in one line.</param>
/// <param name="Field">Path, for example <c>app_state.accounts[3].balance</c>.</param>
public readonly record struct GenesisError(int Line, string Field, string Message)
{
    public override string ToString()
    {
        string where = Field.Length > 0 ? $"{Field}: " : "";
        return Line > 0 ? $"line {Line}, {where}{Message}" : $"{where}{Message}";
    }
}
