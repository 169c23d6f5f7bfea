using System.Collections.Generic;
using Chain.Primitives.Blocks;
using Chain.StateMachine.Genesis;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Tests.Execution;

/// <summary>The genesis that tests start from, which is also the template <c>genesis/devnet.json</c>.</summary>
internal static class TestGenesis
{
    public const ulong Credit = 1_000_000_000;

    public static readonly Timestamp Time = new(1_767_225_600, 0);

    public static readonly string[] People =
        ["alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy"];

    private static readonly Timestamp Expires = new(2_082_758_400, 0);

    public static GenesisDocument Document(int validators = 1)
    {
        List<GenesisAccount> accounts = [new(TestKeys.AddressOf("faucet"), 1_000_000_000 * Credit)];
        foreach (string name in People) accounts.Add(new(TestKeys.AddressOf(name), 100_000 * Credit));
        accounts.Add(new(TestKeys.AddressOf("auditor"), 100_000 * Credit));
        List<GenesisValidator> members = [];
        List<GenesisProvider> providers = [];
        List<GenesisSeat> seats = [];
        for (int i = 0; i < validators; i++)
        {
            string suffix = i == 0 ? "" : $"-{i}";
            members.Add(new(TestKeys.PublicOf("validator" + suffix), 10, "validator" + suffix));
            accounts.Add(new(TestKeys.AddressOf("provider" + suffix), 1_000 * Credit));
            providers.Add(new(
                TestKeys.AddressOf("provider" + suffix),
                1_000 * Credit,
                "eu-central",
                [],
                [
                    new ClassCapacity(ResourceClass.CpuMilli, 64_000),
                    new ClassCapacity(ResourceClass.MemoryMib, 262_144),
                    new ClassCapacity(ResourceClass.StorageGib, 10_000),
                ],
                "",
                default));
            seats.Add(new(
                TestKeys.AddressOf("provider" + suffix),
                TestKeys.PublicOf("validator" + suffix),
                TestKeys.PublicOf("node" + suffix)));
        }
        return new GenesisDocument(
            Time,
            "devnet-1",
            1,
            1,
            Parameters.Devnet,
            members,
            null,
            accounts,
            providers,
            seats,
            [
                new(TestKeys.AddressOf("auditor"), Accreditations.RoleScope(Role.Auditor), Expires),
                new(TestKeys.AddressOf("auditor"), Accreditations.SchemaScope(1), Expires),
                new(TestKeys.AddressOf("auditor"), Accreditations.SchemaScope(2), Expires),
            ],
            []);
    }
}
