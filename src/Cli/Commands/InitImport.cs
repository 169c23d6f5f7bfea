using Chain.Cli.Terminal;
using Chain.Client.Errors;
using Chain.Node.Export;
using Chain.Node.Hosting;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Genesis;

namespace Chain.Cli.Commands;

/// <summary>The part of <c>chain init</c> that begins a chain with the state of another.</summary>
internal static class InitImport
{
    /// <summary>Reads and checks the state before anything is made. Null when neither the command nor the genesis names one.</summary>
    public static ImportOptions? Read(
        GenesisDocument? genesis, string? genesisFile, string? export, string? chainId, bool takesSeat, string? seat)
    {
        if (takesSeat && export is null) throw Bad("--take-seat goes with --from-export only.", "See 'chain init --help'.");
        if (genesis?.StateFile is not null)
        {
            string beside = NodeHome.GenesisStateFileBeside(genesisFile!);
            return new ImportOptions(GenesisImport.Load(genesis, beside), beside);
        }
        if (export is null) return null;
        if (genesis is not null) throw Bad("--genesis and --from-export exclude each other.", "Name one of them.");
        ImportedState state = StateFile.Read(export);
        if (chainId is null || chainId == state.Header.ChainId)
        {
            throw Bad($"The new chain needs a name of its own, other than {state.Header.ChainId}: a chain id is never used again.",
                "Name it with --chain-id.");
        }
        return new ImportOptions(state, export, takesSeat ? SeatOf(state, seat) : null);
    }

    /// <summary>Tells both app hashes, equal or not.</summary>
    public static void Print(Screen console, GenesisDocument genesis, ImportOptions import)
    {
        console.WriteLine($"  first block    {genesis.InitialHeight}, after the state of {import.State.Header.ChainId} at height {import.State.Header.Height}");
        console.WriteLine($"  exported state app hash {import.State.AppHash}");
        console.WriteLine($"  genesis state  app hash {genesis.AppHash}");
        if (import.Seat is { } seat) console.WriteLine($"They differ by the seat of {seat.ToHex()} alone, which this node's keys took.");
    }

    private static Address SeatOf(ImportedState state, string? text)
    {
        if (text is null)
        {
            return ImportOptions.OnlySeat(state)
                ?? throw Bad("The state has several seats.", "Name the validator's consensus address (40 hex digits) after --take-seat.");
        }
        if (Address.TryParse(text, out Address address) && ImportOptions.HasSeat(state, address)) return address;
        throw Bad($"Nobody with the consensus address '{text}' has a seat in this state.",
            "'chain query validators' on the old chain lists the addresses.");
    }

    private static ClientException Bad(string why, string remedy) =>
        new(ClientErrorCode.BadInput, "The home was not made.", why, remedy);
}
