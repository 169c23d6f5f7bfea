using Chain.Primitives;

namespace Chain.StateMachine.Registry;

/// <summary>How roles are written in events, genesis files and commands.</summary>
public static class RoleNames
{
    public static string Of(Role role) => role switch
    {
        Role.Provider => "provider",
        Role.Auditor => "auditor",
        Role.Prober => "prober",
        Role.Juror => "juror",
        _ => throw new InvariantException("a role has a name"),
    };

    public static bool TryParse(string name, out Role role)
    {
        role = name switch
        {
            "provider" => Role.Provider,
            "auditor" => Role.Auditor,
            "prober" => Role.Prober,
            "juror" => Role.Juror,
            _ => 0,
        };
        return role != 0;
    }
}
