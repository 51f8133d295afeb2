; 案览的 Windows 安装程序：只装给当前用户，不要管理员权限，不联网。
;   makensis -INPUTCHARSET UTF8 -DVERSION=版本 -DFOLDER=…\dist\anlan -DOUTPUT=案览-版本-安装.exe anlan.nsi
Unicode true
Target amd64-unicode
!include MUI2.nsh
!include FileFunc.nsh

!define NAME "案览"
!define ID "cn.anlan.app"
!define KIND "Anlan.Library"
!define REMOVAL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"

Name "${NAME} ${VERSION}"
OutFile "${OUTPUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Anlan"
InstallDirRegKey HKCU "Software\${ID}" "Folder"
; Solid and LZMA make the small file; a program that unpacks itself at each start is what is not wanted, and this isn't.
SetCompressor /SOLID lzma
ManifestDPIAware true

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "CompanyName" "${NAME} Anlan"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\anlan.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开案览"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Section
  ; An older version's own folder goes first, so that no file of it is left among the new ones.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*.*"
  WriteUninstaller "$INSTDIR\卸载.exe"
  WriteRegStr HKCU "Software\${ID}" "Folder" "$INSTDIR"

  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\anlan.exe"
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\anlan.exe"

  WriteRegStr HKCU "Software\Classes\.anlan" "" "${KIND}"
  WriteRegStr HKCU "Software\Classes\${KIND}" "" "案览案例库"
  WriteRegStr HKCU "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\anlan.exe,0"
  WriteRegStr HKCU "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\anlan.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegStr HKCU "${REMOVAL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${REMOVAL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${REMOVAL}" "DisplayIcon" "$INSTDIR\anlan.exe"
  WriteRegStr HKCU "${REMOVAL}" "Publisher" "${NAME} Anlan"
  WriteRegStr HKCU "${REMOVAL}" "UninstallString" '"$INSTDIR\卸载.exe"'
  WriteRegDWORD HKCU "${REMOVAL}" "EstimatedSize" $0
  WriteRegDWORD HKCU "${REMOVAL}" "NoModify" 1
  WriteRegDWORD HKCU "${REMOVAL}" "NoRepair" 1
SectionEnd

; Libraries and settings lie under the user's AppData or where the user put them, and stay.
Section Uninstall
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\anlan.exe"
  RMDir /r "$INSTDIR\licenses"
  Delete "$INSTDIR\components.cdx.json"
  Delete "$INSTDIR\卸载.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegKey HKCU "Software\Classes\.anlan"
  DeleteRegKey HKCU "Software\Classes\${KIND}"
  DeleteRegKey HKCU "${REMOVAL}"
  DeleteRegKey HKCU "Software\${ID}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
