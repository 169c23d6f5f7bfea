using System;
using System.IO;
using Chain.Client.Errors;

namespace Chain.Client.Wallets;

/// <summary>Files with secrets: readable by their owner alone, never overwritten.</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Creates the file and its folder. A file that exists is an error.</summary>
    public static void Write(string file, string text)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!, OwnerOnly | UnixFileMode.UserExecute);
            using StreamWriter writer = new(file, options);
            writer.Write(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bool exists = File.Exists(file);
            throw new ClientException(ClientErrorCode.KeyFile, $"The file {file} was not written.",
                exists ? "It exists already, and a file with a secret is never overwritten." : e.Message,
                exists ? "Choose another name, or move the file away." : "Check the path and its permissions.", e);
        }
    }

    /// <summary>Throws when the group or others may touch the file.</summary>
    public static void RefuseIfOpenToOthers(string file)
    {
        if ((File.GetUnixFileMode(file) & Others) == 0) return;
        throw new ClientException(ClientErrorCode.KeyFile, $"The key file {file} is open to other users.",
            "A secret that others can read is not yours alone.", $"Close it first: chmod 600 {file}");
    }
}
