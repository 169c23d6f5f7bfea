using System.Collections.Generic;
using System.CommandLine;
using Chain.Cli.Terminal;
using Chain.Client.Errors;
using Chain.StateMachine.Registry;

namespace Chain.Cli.Commands.Tx;

/// <summary>What one lease takes, as options: <c>--cpu --memory --storage --gpus --gpu</c>.</summary>
internal sealed class ResourceOptions
{
    private readonly Option<ulong?> _cpu = Units("--cpu", "Thousandths of a processor core: 2000 are two cores.");
    private readonly Option<ulong?> _memory = Values.OptionalSize("--memory", "Memory.", SizeUnit.Memory);
    private readonly Option<ulong?> _storage = Values.OptionalSize("--storage", "Storage.", SizeUnit.Storage);
    private readonly Option<ulong?> _gpus = Units("--gpus", "Graphics cards.");
    private readonly Option<string?> _gpu = GpuOption(
        "Which cards, as vendor/model/GiB/interface, for example nvidia/h100/80/sxm; write 'any' where it is open.");

    public IEnumerable<Option> All => [_cpu, _memory, _storage, _gpus, _gpu];

    public static Option<string?> GpuOption(string description)
    {
        Option<string?> option = new("--gpu") { Description = description, HelpName = "KIND" };
        option.Checked(text => ReadGpu(text));
        return option;
    }

    /// <summary>Reads a kind of card; null is any.</summary>
    public static GpuKind ReadGpu(string? text)
    {
        if (text is null) return GpuKind.Any;
        return GpuKind.TryParse(text, out GpuKind kind)
            ? kind
            : throw new ClientException(ClientErrorCode.BadInput, $"'{text}' is no kind of card.",
                "It is written vendor/model/GiB/interface in lower case; vendors are nvidia, amd, intel, other, any.",
                "For example --gpu nvidia/h100/80/sxm, or --gpu nvidia/any/24.");
    }

    /// <summary>The units asked for; what is left out is as in <paramref name="otherwise"/>.</summary>
    public ResourceVector Read(ParseResult parse, ResourceVector? otherwise = null)
    {
        ResourceVector before = otherwise ?? ResourceVector.None;
        ulong gpus = parse.GetValue(_gpus) ?? before.Gpus;
        string? kind = parse.GetValue(_gpu);
        if (gpus == 0 && kind is not null) gpus = 1;
        ResourceVector units = new(
            parse.GetValue(_cpu) ?? before.CpuMilli, parse.GetValue(_memory) ?? before.MemoryMib,
            parse.GetValue(_storage) ?? before.StorageGib, gpus)
        {
            Gpu = gpus == 0 ? GpuKind.Any : kind is null ? before.Gpu : ReadGpu(kind),
        };
        return !units.IsEmpty
            ? units
            : throw new ClientException(ClientErrorCode.BadInput, "Nothing is asked for.",
                "No option says what a lease takes.", "Pass --cpu, --memory, --storage or --gpus.");
    }

    private static Option<ulong?> Units(string name, string description) =>
        new(name) { Description = description, HelpName = "N" };
}
